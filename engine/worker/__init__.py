"""The isolated process that computes, and the line to it."""
