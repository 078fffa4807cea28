# Runs R cells and prints the variables that they set, one a line, in a form that keeps types apart.
#
# Argument: a file of cells, each followed by a line that is only U+0001. Vectors stand in [ ], lists in ( ), named lists
# in { }; texts and names are code points. What is anything but an assignment of a literal is not run: a line "wrong …"
# stands for it, or for the whole cell when R cannot read it. A line "end" follows each cell.

is_literal <- function(e) {
  if (is.null(e) || is.numeric(e) || is.character(e) || is.logical(e)) return(TRUE)
  if (!is.call(e) || !is.symbol(e[[1]])) return(FALSE)
  head <- as.character(e[[1]])
  if (!head %in% c("c", "list", "structure", "character", "-")) return(FALSE)
  if (head == "-" && length(e) != 2) return(FALSE)
  all(vapply(as.list(e)[-1], is_literal, TRUE))
}

is_assignment <- function(e) {
  is.call(e) && as.character(e[[1]])[1] %in% c("<-", "=") && is.symbol(e[[2]]) && is_literal(e[[3]])
}

codes <- function(text) paste(utf8ToInt(enc2utf8(text)), collapse = ",")

show <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    parts <- vapply(x, show, "")
    if (is.null(names(x))) return(paste0("(", paste(parts, collapse = " "), ")"))
    named <- if (length(x) > 0) paste0(vapply(names(x), codes, ""), "=", parts) else ""
    return(paste0("{", paste(named, collapse = " "), "}"))
  }
  parts <- vapply(seq_along(x), function(i) show_one(x[[i]]), "")
  if (length(parts) == 1) parts else paste0("[", paste(parts, collapse = " "), "]")
}

show_one <- function(x) {
  if (is.logical(x)) return(if (x) "true" else "false")
  if (is.integer(x)) return(paste0("int:", x))
  if (is.double(x)) return(paste0("double:", if (is.nan(x)) "nan" else sprintf("%.17g", x)))
  paste0("text:", codes(x))
}

set <- function(e) {
  if (!is_assignment(e)) return(paste("wrong", paste(deparse(e), collapse = " ")))
  paste(codes(as.character(e[[2]])), show(eval(e[[3]], baseenv())))
}

run_cell <- function(source) {
  parsed <- parse(text = source, keep.source = FALSE, encoding = "UTF-8")
  vapply(as.list(parsed), set, "")
}

failed <- function(error) paste("wrong", gsub("[\r\n]+", " ", conditionMessage(error)))

lines <- readLines(commandArgs(trailingOnly = TRUE)[1], encoding = "UTF-8")
ends <- which(lines == "\001")
starts <- c(1, head(ends, -1) + 1)
for (i in seq_along(ends)) {
  set_lines <- tryCatch(run_cell(lines[starts[i]:(ends[i] - 1)]), error = failed)
  writeLines(c(set_lines, "end"))
}
