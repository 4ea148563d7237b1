"""What every request passes before its route: context, access, body, load."""
