"""Rows to records and back: functions that take a Session and never commit."""
