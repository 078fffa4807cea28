import { words } from '../language.ts'

/** `iskeyword` of both. */
export const matlabKeywords = words(`
  break case catch classdef continue else elseif end for function global if otherwise parfor persistent return spmd
  switch try while
  __FILE__ __LINE__ do end_try_catch end_unwind_protect endarguments endclassdef endenumeration endevents endfor
  endfunction endif endmethods endparfor endproperties endspmd endswitch endwhile until unwind_protect
  unwind_protect_cleanup`)

/**
 * Functions that notebooks call by name, of either language: a variable of that name would hide them. Those come
 * first that the cell itself calls.
 */
export const matlabNeeded = words(`
  char containers false int64 native2unicode struct true uint64 uint8 zeros Inf NaN
  ans i j I J pi e eps inf nan NA realmax realmin intmax intmin flintmax namelengthmax
  abs accumarray acos acosd acosh all any asin asind asinh atan atan2 atand atanh bitand bitor bitshift bitxor cast
  cat ceil cell cell2mat cellfun arrayfun structfun circshift class clear clc close colon complex cond conj conv conv2
  corr corrcoef cos cosd cosh cov cross cummax cummin cumprod cumsum cumtrapz deal deconv det diag diff disp display
  dot double eig ellipsis erf erfc erfinv error exp expm expm1 eye factor factorial fft fft2 fftshift fieldnames fields
  filter filter2 find fix flip fliplr flipud floor fminbnd fminsearch fminunc fmincon fsolve fzero gamma gammaln gcd
  getfield gradient hist histc histogram horzcat vertcat hypot idivide ifft ifft2 imag ind2sub int16 int32 int8
  integral integral2 interp1 interp2 interpft intersect inv ipermute isa iscell iscellstr ischar isempty isequal
  isfield isfinite isinf isinteger islogical ismember isnan isnumeric isreal isrow iscolumn isscalar issorted
  isspace isstring isstruct isvarname isvector kron lcm length linsolve linspace log log10 log1p log2 logical logspace
  lsqcurvefit lsqnonlin lu mat2cell mat2str max mean median meshgrid ndgrid min mod mode movmean movmedian nargin nargout
  nchoosek ndims nnz norm normest nthroot null num2cell num2str numel ode15s ode23 ode45 odeset ones optimset
  optimoptions orth permute pinv polyder polyfit polyint polyval pow2 power primes prod qr quad quadgk quantile rand
  randi randn randperm rank real regexp regexpi regexprep rem repmat reshape resize rmfield roots rot90 round rref
  schur setdiff setfield setxor sign sin sind sinh single size sort sortrows sparse spline sprintf sqrt squeeze std
  str2double str2func str2num strcat strcmp strcmpi strfind strjoin strjust strncmp strncmpi strrep strsplit strtok
  strtrim struct2cell sub2ind sum svd table tan tand tanh tic toc timetable trace transpose ctranspose trapz tril triu
  typecast uint16 uint32 union unique unwrap var validatestring wilkinson xor
  addpath assert builtin cd datestr datenum datetime delete diary dir dlmread dlmwrite doc drawnow eval evalc
  evalin assignin exist exit feval fclose feof fflush fgetl fgetl fgets fileparts fopen fprintf fputs fread frewind
  fscanf fseek ftell fullfile func2str fwrite getenv setenv help importdata input inputname inputParser isfile isfolder
  isfolder jsondecode jsonencode keyboard lasterr load ls lookfor mfilename mkdir more pause path printf print publish
  puts pwd quit readmatrix readtable rehash rethrow rmdir rmpath run save source sscanf system textread textscan
  unlink usejava verLessThan warning warndlg which who whos webread writematrix writetable xlsread fdisp exec dos unix
  perl python pkg shell_cmd argv autoload csvread csvwrite containers inputname isargout nargchk narginchk
  axes axis bar barh box boxplot caxis clf clim colorbar colormap contour contourf errorbar figure fill fplot gca gcf
  get set getframe grid hold image imagesc imread imresize imshow imwrite legend line linkaxes loglog mesh patch pcolor
  plot plot3 plotyy polar polarplot quiver refreshdata saveas exportgraphics scatter scatter3 semilogx semilogy sgtitle
  sphere stairs stem subplot surf surface text tiledlayout title view waitbar xlabel xlim xline yyaxis ylabel ylim yline
  zlabel zlim graphics_toolkit ishandle isgraphics
  arguments import PS1 PS2 PS4 OCTAVE_HOME OCTAVE_VERSION page_screen_output crash_dumps_octave_core end_try`)

const field = /^[A-Za-z][A-Za-z0-9_]{0,62}$/
const underscored = /^_[A-Za-z0-9_]{0,61}$/

const known = new Map<string, string | undefined>()
const mostKnown = 1000

/**
 * A name as a field of a struct, `undefined` when it cannot be one. As in MATLAB's own `jsondecode`, `_type` is
 * `x_type` and `end` is `xEnd`.
 */
export function fieldOf(name: string): string | undefined {
  // Objects in a list mostly have the same names.
  if (known.has(name)) return known.get(name)
  const found = makeField(name)
  if (known.size < mostKnown && name.length < 64) known.set(name, found)
  return found
}

function makeField(name: string): string | undefined {
  if (field.test(name)) return matlabKeywords.has(name) ? `x${name[0]!.toUpperCase()}${name.slice(1)}` : name
  return underscored.test(name) ? `x${name}` : undefined
}
