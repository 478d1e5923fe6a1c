"""Background jobs: exports and imports in one worker thread, with progress and cancelling.

A job is a plain function that gets frozen data and a :class:`app.jobs.Progress`. It never touches
a Qt object: its messages go into an inbox, one queued signal wakes the UI thread, and only there
the signals of the :class:`Task` are emitted.
"""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.errors import Cancelled
from app.jobs import Progress

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Job = Callable[[Progress], Any]
_Message = tuple[int, str, tuple[Any, ...]]


class Task(QObject):
    """A queued or running job.

    Signals are emitted while the event loop runs, so connecting after the start misses nothing.
    ``failed`` carries the exception; ``finished`` always comes last.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, number: int, parent: QObject, *, uses_files: bool = True) -> None:
        super().__init__(parent)
        self.number = number
        #: False for a job that neither reads nor writes files of the user.
        self.uses_files = uses_files
        self._stop = Event()

    def cancel(self) -> None:
        """Request that the job stops at its next step."""
        self._stop.set()

    @property
    def cancel_event(self) -> Event:
        """Set once the job is to be cancelled."""
        return self._stop


class _Reporter:
    """The job's progress callback: posts to the inbox, raises once cancelled."""

    def __init__(self, number: int, stop: Event, post: Callable[[_Message], None]) -> None:
        self._number = number
        self._stop = stop
        self._post = post

    def step(self, done: int, total: int) -> None:
        """Report progress; raises ``Cancelled`` once the task is cancelled."""
        if self._stop.is_set():
            raise Cancelled
        self._post((self._number, "progressed", (done, total)))


class TaskRunner(QObject):
    """Runs jobs sequentially; lives in the UI thread."""

    _posted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._inbox: SimpleQueue[_Message] = SimpleQueue()
        self._tasks: dict[int, Task] = {}
        self._count = 0
        self._posted.connect(self._empty_inbox, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> tuple[Task, ...]:
        """Tasks that have not finished."""
        return tuple(self._tasks.values())

    def start(self, job: Job, *, uses_files: bool = True) -> Task:
        """Queue a job; ``uses_files`` unless it leaves the user's files and their copies alone."""
        from concurrent.futures import ThreadPoolExecutor

        if self._pool is None:
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="stufenplan")
        self._count += 1
        task = Task(self._count, self, uses_files=uses_files)
        self._tasks[task.number] = task
        self._pool.submit(self._run, task.number, task.cancel_event, job)
        return task

    def shut_down(self) -> None:
        """Cancel all tasks and wait for the worker thread; results are dropped."""
        for task in self._tasks.values():
            task.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        self._empty_inbox()
        self._tasks.clear()

    def _run(self, number: int, stop: Event, job: Job) -> None:
        """Run a job; in the worker thread."""
        reporter = _Reporter(number, stop, self._post)
        try:
            if stop.is_set():
                raise Cancelled
            result = job(reporter)
        except Cancelled:
            self._post((number, "cancelled", ()))
        except Exception as error:  # noqa: BLE001 (the task reports it, whatever it is)
            self._post((number, "failed", (error,)))
        else:
            self._post((number, "succeeded", (result,)))

    def _post(self, message: _Message) -> None:
        """Put a message into the inbox and wake the UI thread; in the worker thread."""
        self._inbox.put(message)
        self._posted.emit()

    @Slot()
    def _empty_inbox(self) -> None:
        """Emit what has arrived; in the UI thread."""
        while True:
            try:
                number, name, values = self._inbox.get_nowait()
            except Empty:
                return
            task = self._tasks.get(number)
            if task is not None:
                self._deliver(task, name, values)

    def _deliver(self, task: Task, name: str, values: tuple[Any, ...]) -> None:
        if name == "progressed":
            task.progressed.emit(*values)
            return
        del self._tasks[task.number]
        try:
            getattr(task, name).emit(*values)
        finally:
            task.finished.emit()
            task.deleteLater()
