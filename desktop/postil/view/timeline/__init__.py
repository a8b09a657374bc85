"""The timeline: the dates that texts name and the days on which the reader marked something."""
