"""Graphs of lines that are given by their vertices."""

import numpy as np
import shapely
from terraloom.engine.line_comparison.line_graph import line_graph


def graph(*lines):
    return line_graph(np.array([shapely.LineString(line) for line in lines], object))
