"""Vacancies as text: hours, adverts as data, what a job demands, and how that meets what a person said.

`hours_text` reads a line of hours, `job_posting` an advert's own data; `demands` holds the table of
occupations, `onet` and `soc` read the official ones; `compare` puts demands beside a person's own limits, in
words.
"""
