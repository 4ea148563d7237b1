"""The commands of ``detente`` that need no training and no server; each is two thin functions and a worker."""
