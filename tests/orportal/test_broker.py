"""The embedded broker: every message arrives whole, and half a file ends no worker."""

import threading
from collections.abc import Generator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.simple import SimpleQueue

from orportal import broker
from orportal.celery import app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("queue", "processed", "control"):
        (tmp_path / name).mkdir()
    return tmp_path


def connect(folder: Path) -> Connection:
    return Connection(
        "filesystem://",
        transport_options={
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "processed_folder": str(folder / "processed"),
            "control_folder": str(folder / "control"),
            "store_processed": True,
            "polling_interval": 0.01,
        },
    )


@pytest.fixture
def queue(folder: Path) -> Generator[SimpleQueue, None, None]:
    with connect(folder) as connection, connection.SimpleQueue("post") as queue:
        yield queue


def test_the_address_of_the_embedded_broker_leads_here(folder: Path) -> None:
    assert app.conf.broker_url is not None
    assert isinstance(connect(folder).transport, broker.Transport)


def test_an_empty_file_is_passed_over_and_the_next_message_arrives(
    queue: SimpleQueue, folder: Path
) -> None:
    # Names begin with the machine's uptime in milliseconds and are read in order: these first.
    (folder / "queue" / "0_half.post.msg").write_bytes(b"")
    (folder / "queue" / "00half.post.msg").write_bytes(b'{"body": "ha')
    queue.put({"say": "whole"})
    for _ in range(3):
        try:
            message = queue.get(timeout=0.5)
            break
        except Empty:
            continue
    assert message.payload == {"say": "whole"}
    message.ack()
    assert list((folder / "queue").iterdir()) == []


def test_two_who_write_and_one_who_reads_lose_nothing(folder: Path) -> None:
    def write(writer: int) -> None:
        with connect(folder) as connection, connection.SimpleQueue("busy") as mine:
            for number in range(150):
                mine.put([writer, number])

    writers = [threading.Thread(target=write, args=[writer]) for writer in (1, 2)]
    arrived: set[tuple[int, ...]] = set()
    with connect(folder) as connection, connection.SimpleQueue("busy") as queue:
        for thread in writers:
            thread.start()
        while len(arrived) < 300:
            message = queue.get(timeout=5)
            arrived.add(tuple(message.payload))
            message.ack()
    for thread in writers:
        thread.join()
    assert len(arrived) == 300
