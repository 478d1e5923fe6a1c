"""Background tasks."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.errors import InvalidInput
from app.jobs import Progress
from ui.shell.tasks import TaskRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.shut_down()


def test_a_result_reaches_whoever_connects_after_the_start(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    task = runner.start(lambda _progress: 42)
    with qtbot.waitSignal(task.succeeded) as caught:
        pass
    assert caught.args == [42]


def test_results_arrive_in_the_thread_of_the_window(qtbot: QtBot, runner: TaskRunner) -> None:
    seen: list[threading.Thread] = []
    worker: list[threading.Thread] = []
    task = runner.start(lambda _progress: worker.append(threading.current_thread()))
    task.succeeded.connect(lambda _result: seen.append(threading.current_thread()))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [threading.main_thread()]
    assert worker != seen


def test_jobs_run_one_after_the_other(qtbot: QtBot, runner: TaskRunner) -> None:
    order: list[str] = []

    def job(name: str) -> None:
        order.append(f"{name} begins")
        order.append(f"{name} ends")

    for name in ("first", "second", "third"):
        runner.start(lambda _progress, name=name: job(name))
    qtbot.waitUntil(lambda: not runner.running)
    assert order == [
        f"{name} {what}" for name in ("first", "second", "third") for what in ("begins", "ends")
    ]


def test_a_stopped_job_says_so_and_finishes(qtbot: QtBot, runner: TaskRunner) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def job(progress: Progress) -> None:
        entered.set()
        go_on.wait(5)
        progress.step(1, 2)

    task = runner.start(job)
    said: list[str] = []
    task.cancelled.connect(lambda: said.append("cancelled"))
    task.succeeded.connect(lambda _result: said.append("succeeded"))
    task.finished.connect(lambda: said.append("finished"))
    assert entered.wait(5)
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: "finished" in said)
    assert said == ["cancelled", "finished"]


def test_an_error_is_handed_over_and_the_next_job_runs(qtbot: QtBot, runner: TaskRunner) -> None:
    def fail(_progress: Progress) -> None:
        raise InvalidInput("No.")

    errors: list[object] = []
    results: list[object] = []
    runner.start(fail).failed.connect(errors.append)
    runner.start(lambda _progress: "fine").succeeded.connect(results.append)
    qtbot.waitUntil(lambda: bool(results))
    assert [str(error) for error in errors] == ["No."]


def test_progress_is_reported_in_order(qtbot: QtBot, runner: TaskRunner) -> None:
    def job(progress: Progress) -> None:
        for done in range(1, 101):
            progress.step(done, 100)

    task = runner.start(job)
    steps: list[tuple[int, int]] = []
    task.progressed.connect(lambda done, total: steps.append((done, total)))
    with qtbot.waitSignal(task.finished):
        pass
    assert steps == [(done, 100) for done in range(1, 101)]


def test_shutting_down_waits_for_the_worker_and_drops_what_queues(runner: TaskRunner) -> None:
    entered, ended = threading.Event(), threading.Event()
    ran: list[str] = []

    def job(progress: Progress) -> None:
        entered.set()
        try:
            while True:
                progress.step(0, 1)
        finally:
            ended.set()

    runner.start(job)
    runner.start(lambda _progress: ran.append("never"))
    assert entered.wait(5)
    runner.shut_down()
    assert ended.is_set()
    assert not ran
    assert not runner.running
