"""Annotations into a library: file > incoming > document > passage > plan > library.

One module for each format behind one small interface (formats.py). Nothing is dropped unseen: what finds no passage is
kept as a lost note of its document, and what finds no document can be saved and imported again.
"""
