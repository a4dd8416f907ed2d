"""WoRMS: rows of its tables, its REST service and what is harvested from it."""
