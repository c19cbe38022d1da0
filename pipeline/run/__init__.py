"""The line in order: process images, deliver files."""
