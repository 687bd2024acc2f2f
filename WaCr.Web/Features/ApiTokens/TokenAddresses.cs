using System.Collections.Concurrent;
using System.Net;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Features.ApiTokens;

/// <summary>The IP addresses each token was used from. A new address goes into the audit trail, written in the background.</summary>
public sealed class TokenAddresses
{
    // Bounded, because a token can be used from any number of addresses.
    private const int MaxKnown = 50_000;
    private const int MaxWaiting = 1_000;

    private readonly ConcurrentDictionary<(long TokenId, string Address), bool> _known = new();
    private readonly ConcurrentQueue<TokenAddress> _waiting = new();

    public void Note(TenantIdentity tenant, CurrentActor token, string? address)
    {
        if (address is null || _known.ContainsKey((token.Id!.Value, address)) || _waiting.Count >= MaxWaiting)
        {
            return;
        }

        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        if (_known.TryAdd((token.Id.Value, address), true))
        {
            _waiting.Enqueue(new TokenAddress(tenant, token, address));
        }
    }

    internal bool TryTake(out TokenAddress next) => _waiting.TryDequeue(out next);

    internal void PutBack(TokenAddress address) => _waiting.Enqueue(address);
}

internal readonly record struct TokenAddress(TenantIdentity Tenant, CurrentActor Token, string Address)
{
    // Only the network part of an IPv6 address counts: one customer has 2^64 addresses.
    private const int NetworkBytes = 8;

    public string Key => string.Create(CultureInfo.InvariantCulture, $"{nameof(AuditAction.UsedFromNewAddress)}:{Token.Id}:{Network}");

    private string Network
    {
        get
        {
            if (!IPAddress.TryParse(Address, out var parsed) || parsed.GetAddressBytes() is not { Length: 2 * NetworkBytes } bytes)
            {
                return Address;
            }

            bytes.AsSpan(NetworkBytes).Clear();
            return new IPAddress(bytes) + "/64";
        }
    }
}

/// <summary>Run by a job at an interval.</summary>
public sealed class TokenAddressWriter(TokenAddresses addresses, SecurityEvents security)
{
    public async Task WriteAsync()
    {
        while (addresses.TryTake(out var next))
        {
            var isWritten = false;
            try
            {
                await security.RecordOnceAsync(
                    next.Tenant, next.Token, AuditAction.UsedFromNewAddress, AuditEntry.ApiTokenType, next.Token.Id!.Value, next.Key,
                    next.Address);
                isWritten = true;
            }
            finally
            {
                if (!isWritten)
                {
                    addresses.PutBack(next);
                }
            }
        }
    }
}
