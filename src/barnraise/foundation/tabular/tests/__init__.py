"""Tests of the file reader."""
