"""The catalogue on a PostgreSQL server: the same schema and statements as in the file, said in its words."""
