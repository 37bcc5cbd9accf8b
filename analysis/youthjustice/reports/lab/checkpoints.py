"""Checkpoints that are none: JupyterLab asks for a copy at every save and gets no file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jupyter_server.services.contents.checkpoints import AsyncCheckpoints
from tornado.web import HTTPError

_NONE = "No copies of a notebook are kept here, since they would hold what it showed."


class NoCheckpoints(AsyncCheckpoints):
    """Keep no copy of a file; answer as Jupyter expects."""

    async def create_checkpoint(self, contents_mgr: Any, path: str) -> dict[str, Any]:
        """Say that a copy was made, which JupyterLab waits for after saving."""
        return {"id": "none", "last_modified": datetime.now(UTC)}

    async def restore_checkpoint(self, contents_mgr: Any, checkpoint_id: str, path: str) -> None:
        """Refuse: there is none."""
        raise HTTPError(404, _NONE)

    async def rename_checkpoint(self, checkpoint_id: str, old_path: str, new_path: str) -> None:
        """There is none to rename."""

    async def delete_checkpoint(self, checkpoint_id: str, path: str) -> None:
        """There is none to delete."""

    async def list_checkpoints(self, path: str) -> list[dict[str, Any]]:
        """Give none."""
        return []
