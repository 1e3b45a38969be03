"""One module a command: its arguments and what it does with them; every rule lives in a room above."""
