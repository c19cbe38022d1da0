"""A studio's files in an S3-compatible bucket, through fsspec: where they lie, the way there, a read cache."""
