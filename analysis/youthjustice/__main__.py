"""Run the command as ``python -m youthjustice``."""

from youthjustice.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
