"""The embedded broker: kombu's files, written so that no worker reads half of one.

kombu makes a message's file under its final name and fills it afterwards. A worker that looks in
between takes an empty file, cannot read it and ends. Here the file gets its name when it is whole.
"""

import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.transport.virtual import Empty
from kombu.utils.json import dumps

NAME = "orportal.broker:Transport"


class Channel(filesystem.Channel):
    """One way to the folder of messages."""

    def _put(self, queue: str, message: Any, **_kwargs: Any) -> None:  # type: ignore[override]
        """Put ``message`` in ``queue``. Raises ChannelError where the folder takes no file."""
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}"
        folder = Path(self.data_folder_out)
        part = folder / f"{name}.part"
        try:
            part.write_text(dumps(message), "utf-8")
            part.replace(folder / f"{name}.{queue}.msg")
        except OSError as error:
            raise ChannelError(f"Cannot add a message to {folder}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        """The next message. One that cannot be read is passed over: the sweeps do its work."""
        try:
            return super()._get(queue)
        except ValueError as error:
            raise Empty from error


class Transport(filesystem.Transport):
    """kombu's own, over the channel above."""

    Channel = Channel


def take_over() -> None:
    """Let ``filesystem://`` in a broker's address mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = NAME
