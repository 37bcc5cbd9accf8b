"""Renew the size and hash of every table in data/datapackage.json after a table was edited."""

import hashlib
import json
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    """Rewrite the descriptor in place, leaving everything but sizes and hashes as it was."""
    descriptor = DATA / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        raw = (DATA / resource["path"]).read_bytes()
        resource["bytes"] = len(raw)
        resource["hash"] = f"sha256:{hashlib.sha256(raw).hexdigest()}"
    part = descriptor.with_suffix(".part")
    part.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(descriptor)


if __name__ == "__main__":
    main()
