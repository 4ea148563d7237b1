"""The HTTP service: the one place of fastapi and pydantic."""
