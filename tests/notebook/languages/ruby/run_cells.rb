# Runs Ruby cells, each twice in a binding of its own, and shows the variables that they set.
#
# Standard input: a JSON list of {"source": cell}. Standard output: a JSON list, for each cell an object with what its
# variables hold in the order they were set, or a text with what went wrong; a warning is wrong too.

require "json"
require "stringio"

def show(value)
  case value
  when nil then "null"
  when true, false then value.to_s
  when Integer then "integer #{value}"
  when Float then value.nan? ? "float nan" : "float #{[value].pack("G").unpack1("H*")}"
  when String then "#{value.encoding} #{value.valid_encoding?} #{value.unpack1("H*")}"
  when Array then "[#{value.map { |item| show(item) }.join(" ")}]"
  when Hash then "{#{value.map { |name, member| "#{show(name)}=#{show(member)}" }.join(" ")}}"
  else value.class.name
  end
end

def empty_scope
  binding
end

def run(source)
  scope = empty_scope
  2.times { scope.eval(source) }
  return "warning: #{$stderr.string}" unless $stderr.string.empty?
  scope.local_variables.to_h { |name| [name, show(scope.local_variable_get(name))] }
end

$VERBOSE = true
cases = JSON.parse($stdin.read.force_encoding("UTF-8"))
shown = cases.map do |one|
  $stderr = StringIO.new
  begin
    run(one["source"])
  rescue Exception => error
    "#{error.class}: #{error.message}"
  end
end
print JSON.generate(shown)
