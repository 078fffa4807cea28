using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

/// Shows values of .NET with their types.
static class NetValues
{
    public static string Show(object value)
    {
        if (value == null) return "null";
        if (value is bool) return (bool)value ? "true" : "false";
        if (value is int) return "int:" + value;
        if (value is long) return "long:" + value;
        if (value is BigInteger) return "big:" + value;
        if (value is double) return "double:" + (double.IsNaN((double)value) ? "nan" : BitConverter.DoubleToInt64Bits((double)value).ToString("x16"));
        if (value is string) return "text:" + Units((string)value);
        var members = value as IEnumerable<KeyValuePair<string, object>>;
        if (members != null)
            return "{" + string.Join(" ", members.Select(member => Units(member.Key) + "=" + Show(member.Value))) + "}";
        var items = value as IEnumerable;
        if (items == null) return Name(value.GetType());
        return Name(value.GetType()) + "(" + string.Join(" ", items.Cast<object>().Select(Show)) + ")";
    }

    static string Name(Type type)
    {
        if (type.IsArray) return Name(type.GetElementType()) + "[]";
        if (type.IsGenericType && type.Name == "FSharpList`1") return Name(type.GetGenericArguments()[0]) + " list";
        return type.Name;
    }

    static string Units(string text) { return string.Join(",", text.Select(unit => ((int)unit).ToString())); }
}
