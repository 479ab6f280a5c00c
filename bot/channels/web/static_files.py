"""The style, script and picture files of the page, under names that change with their content.

Browsers may keep them for a year: a changed file has a new name, and the page itself is never kept.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.headers import KEEP_FOR_A_YEAR

FOLDER = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent: its name with the hash, its media type and its bytes."""

    name: str
    media_type: str
    content: bytes


class StaticFiles:
    """All files of a folder, read once. A script may import another one as "./other.js"; the new name is put in."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the files of `folder`."""
        self._by_plain_name: dict[str, StaticFile] = {}
        # Files without imports come first, so that the name of an imported file is known where it is needed.
        sources = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in KINDS}
        for name in sorted(sources, key=lambda each: b'from "./' in sources[each]):
            self._by_plain_name[name] = self._made(name, sources[name])
        self._by_name = {file.name: file for file in self._by_plain_name.values()}

    def url(self, plain_name: str) -> str:
        """The address of a file: /static/chat.0a1b2c3d4e5f.js for chat.js."""
        return f"/static/{self._by_plain_name[plain_name].name}"

    async def send(self, request: Request) -> Response:
        """Answer GET /static/{name}. Raises HTTPException 404 for a name that is not one of ours."""
        file = self._by_name.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        return Response(file.content, media_type=file.media_type, headers={"Cache-Control": KEEP_FOR_A_YEAR})

    def _made(self, name: str, content: bytes) -> StaticFile:
        for plain, file in self._by_plain_name.items():
            content = content.replace(f'from "./{plain}"'.encode(), f'from "./{file.name}"'.encode())
        stem, _, suffix = name.rpartition(".")
        digest = hashlib.sha256(content).hexdigest()[:12]
        return StaticFile(f"{stem}.{digest}.{suffix}", KINDS[f".{suffix}"], content)
