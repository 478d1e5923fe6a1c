"""Schema migrations of the library: one module per step, never edited after its release.

A step imports nothing of ours and calls no function of ours, so that its behaviour never changes
after its release. Every step sets ``user_version`` to its own number within its
transaction.
"""

from __future__ import annotations

from sqlite_utils import Migrations

from data.library.migrations import m0001_tables, m0002_milestones, m0003_digests_and_log

MIGRATIONS = Migrations("stufenplan")
MIGRATIONS(name="m0001_sessions_ratings_and_their_log")(m0001_tables.upgrade)
MIGRATIONS(name="m0002_milestones")(m0002_milestones.upgrade)
MIGRATIONS(name="m0003_digests_and_log")(m0003_digests_and_log.upgrade)
