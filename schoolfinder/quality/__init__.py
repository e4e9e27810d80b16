"""How well matching does, held against what people graded by hand (`manage.py match_quality`)."""

Figures = dict[str, float]
