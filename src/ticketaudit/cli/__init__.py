"""The command line: a module per command. Arguments become calls, results become exit statuses."""
