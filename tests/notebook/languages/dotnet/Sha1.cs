// Stands in for the framework's assembly of this name, which wants an OpenSSL older than Debian's. Roslyn takes nothing
// from it but SHA-1 (FIPS 180-4, 6.1), by which assemblies know each other.
using System.IO;
using System.Linq;

[assembly: System.Reflection.AssemblyVersion("4.3.2.0")]

namespace System.Security.Cryptography
{
    public abstract class SHA1 : HashAlgorithm
    {
        public static new SHA1 Create() { return new Plain(); }

        sealed class Plain : SHA1
        {
            MemoryStream sent = new MemoryStream();

            public override void Initialize() { sent = new MemoryStream(); }

            protected override void HashCore(byte[] bytes, int start, int count) { sent.Write(bytes, start, count); }

            protected override byte[] HashFinal()
            {
                var length = (int)sent.Length;
                var padded = new byte[(length + 8) / 64 * 64 + 64];
                sent.ToArray().CopyTo(padded, 0);
                padded[length] = 0x80;
                for (var index = 0; index < 8; index++) padded[padded.Length - 1 - index] = (byte)(8L * length >> 8 * index);
                var hash = new uint[] { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
                for (var block = 0; block < padded.Length; block += 64) Add(hash, padded, block);
                return hash.SelectMany(word => new[] { 24, 16, 8, 0 }.Select(shift => (byte)(word >> shift))).ToArray();
            }

            static void Add(uint[] hash, byte[] bytes, int block)
            {
                var words = new uint[80];
                for (var index = 0; index < 64; index++) words[index / 4] = words[index / 4] << 8 | bytes[block + index];
                for (var t = 16; t < 80; t++) words[t] = Turned(words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16], 1);
                uint a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];
                for (var t = 0; t < 80; t++)
                {
                    var next = Turned(a, 5) + e + words[t]
                        + (t < 20 ? (b & c | ~b & d) + 0x5a827999
                        : t < 40 ? (b ^ c ^ d) + 0x6ed9eba1
                        : t < 60 ? (b & c | b & d | c & d) + 0x8f1bbcdc
                        : (b ^ c ^ d) + 0xca62c1d6);
                    e = d; d = c; c = Turned(b, 30); b = a; a = next;
                }
                hash[0] += a; hash[1] += b; hash[2] += c; hash[3] += d; hash[4] += e;
            }

            static uint Turned(uint word, int bits) { return word << bits | word >> 32 - bits; }
        }
    }
}
