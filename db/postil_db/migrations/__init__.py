"""Bring a library to this version: back up, upgrade, refuse newer."""
