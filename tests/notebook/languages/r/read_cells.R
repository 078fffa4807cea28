# Tells what R itself finds in parameters cells. Standard input: a source a line, percent-encoded. Standard output, a line
# each: `broken`, or `names` and what plain assignments at the top level set, percent-encoded.
assigned <- function(x) {
  signs <- c("<-", "=", "<<-")
  if (!is.call(x) || length(x) != 3 || !is.name(x[[1]]) || !as.character(x[[1]]) %in% signs) return(NULL)
  if (!is.name(x[[2]]) && !is.character(x[[2]])) return(NULL)
  c(as.character(x[[2]]), assigned(x[[3]]))
}
for (line in readLines(file("stdin"))) {
  source <- utils::URLdecode(line)
  Encoding(source) <- "UTF-8"
  parsed <- tryCatch(parse(text = source, keep.source = FALSE), error = function(e) NULL)
  if (is.null(parsed)) {
    cat("broken\n")
    next
  }
  names <- unlist(lapply(as.list(parsed), assigned))
  cat("names", vapply(names, utils::URLencode, "", reserved = TRUE, repeated = TRUE), "\n")
}
