% Runs cells of Octave and prints the variables that they set, one a line, in a form that keeps types apart.
%
% Argument: a file of cells, each followed by a line that is only U+0001. A line "error: ..." stands for a cell that
% Octave cannot run. A line "end" follows each cell. Without an argument, __report__ tells what has been set until now.
1;

function out = show(x)
  if (isobject(x))
    keys = x.keys();
    parts = cellfun(@(key) [codes(key), '=', show(x(key)), ' '], keys, 'UniformOutput', false);
    out = ['map(', strtrim(['', parts{:}]), ')'];
  elseif (isstruct(x))
    names = fieldnames(x);
    parts = cellfun(@(name) [codes(name), '=', show(x.(name)), ' '], names', 'UniformOutput', false);
    out = ['struct', dimensions(x), '(', strtrim(['', parts{:}]), ')'];
  elseif (iscell(x))
    parts = cellfun(@(item) [show(item), ' '], x, 'UniformOutput', false);
    out = ['cell', dimensions(x), '(', strtrim(['', parts{:}]), ')'];
  elseif (ischar(x))
    out = ['char', dimensions(x), ':', codes(x)];
  elseif (isa(x, 'double'))
    hex = num2hex(x.');
    hex(isnan(x.'), :) = repmat('f', sum(isnan(x(:))), 16);
    hex(:, end + 1) = ',';
    out = ['double', dimensions(x), ':', reshape(hex', 1, [])];
  else
    digits = arrayfun(@(one) [strtrim(disp(one)), ','], x, 'UniformOutput', false);
    out = [class(x), dimensions(x), ':', digits{:}];
  end
end

function out = dimensions(x)
  out = sprintf('%dx%d', size(x, 1), size(x, 2));
end

function out = codes(text)
  out = '';
  if (! isempty(text))
    out = sprintf('%d,', double(text));
  end
end

function out = __run__(__code__)
  try
    __printed__ = evalc('eval(__code__)');
    if (! isempty(__printed__))
      error('something was printed: %s', __printed__);
    end
    out = '';
    __names__ = who();
    for __k__ = 1:numel(__names__)
      __name__ = __names__{__k__};
      if (! strncmp(__name__, '__', 2) && ! strcmp(__name__, 'out'))
        out = [out, __name__, ' ', show(eval(__name__)), "\n"];
      end
    end
  catch __error__
    out = ['error: ', strrep(__error__.message, "\n", ' '), "\n"];
  end
end

function __report__()
  names = evalin('base', 'who');
  for k = 1:numel(names)
    fputs(stdout, [names{k}, ' ', show(evalin('base', names{k})), "\n"]);
  end
  fputs(stdout, "end\n");
  evalin('base', 'clear');
end

if (numel(argv()) == 1)
  __cells__ = strsplit(fileread(argv(){1}), ["\n", char(1), "\n"], "CollapseDelimiters", false);
  for __k__ = 1:numel(__cells__) - 1
    fputs(stdout, [__run__(__cells__{__k__}), "end\n"]);
  end
end
