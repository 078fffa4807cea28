# Runs Bash cells and shows the variables that they set.
#
#     bash run_cells.sh FOLDER
#
# FOLDER holds, from 0 on, the cell N and its variables, one a line, in N.names. Printed are texts that each end with
# NUL: for each cell `cell`, for each variable `text` and it, or `array`, the number of items and each of them, or
# `other` and how Bash declares it; then `end`, or instead of all that `fault` and what the cell printed.

__show() {
  local __how __items
  __how=$(declare -p "$1" 2>&1)
  case $__how in
    "declare -a $1="*)
      eval "__items=(\"\${$1[@]}\")"
      printf '%s\0' array "${#__items[@]}" "${__items[@]}"
      ;;
    "declare -- $1="*) printf '%s\0' text "${!1}" ;;
    *) printf '%s\0' other "$__how" ;;
  esac
}

cd "$1" || exit
for ((__cell = 0; ; __cell++)); do
  [[ -e $__cell ]] || exit 0
  printf '%s\0' cell
  (
    # As bad as another cell could leave them: integers, which run what stands in a text, with more items than one.
    while read -r __name; do declare -ai "$__name=(7 8 9)"; done <"$__cell.names"
    source "./$__cell" >printed 2>&1 </dev/null
    source "./$__cell" >>printed 2>&1 </dev/null
    if [[ -s printed ]]; then
      printf '%s\0' fault "$(<printed)"
    else
      while read -r __name; do __show "$__name"; done <"$__cell.names"
      printf '%s\0' end
    fi
  )
done
