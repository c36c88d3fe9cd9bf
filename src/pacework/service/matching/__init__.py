"""Would this job hold, and which vacancies fit: for one person and their worker."""
