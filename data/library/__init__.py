"""The library file: tables, change log, checks, backups and migrations."""
