using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Prepares what is known about Mion's API: how sure it is, and what a description would change.</summary>
public class DescriptionModelFactory(ContractStandings standings, IDataProtectionProvider protection, PaymentTexts texts)
{
    private readonly IDataProtector _protector = protection.CreateProtector(MionDefaults.SystemName + ".Description.v1");

    /// <summary>Prepares the page.</summary>
    /// <param name="description">What was read; null for nothing.</param>
    public async Task<DescriptionModel> PrepareAsync(int storeId, ApiDescription? description = null, ContractProposal? proposal = null)
    {
        var lines = await PrepareLinesAsync(storeId);
        return new DescriptionModel
        {
            StoreId = storeId,
            Description = description is null ? null : _protector.Protect(PlainJson.Write(description)),
            Title = description?.Title ?? string.Empty,
            NotSent = proposal?.NotSent ?? [],
            Lines = proposal is null ? lines : [.. lines.Zip(proposal.Rows, (line, row) => line with { Proposal = row })]
        };
    }

    /// <summary>The description that a form carries; null where it is not one of ours.</summary>
    public ApiDescription? Read(string? description)
    {
        try
        {
            return string.IsNullOrEmpty(description) ? null : PlainJson.Read<ApiDescription>(_protector.Unprotect(description));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Every value that the plugin depends on, with how sure it is.</summary>
    public async Task<IReadOnlyList<ContractLine>> PrepareLinesAsync(int storeId)
    {
        var lines = new List<ContractLine>();
        foreach (var row in await standings.GetAsync(storeId))
        {
            var (group, name) = await DescribeAsync(row.Key);
            var standing = await texts.GetAsync($"Standing.{row.Standing}");
            lines.Add(new ContractLine(group, name, row, row.ProvenOnUtc is { } time ? $"{standing} {await texts.TimeAsync(time)}"
                : standing));
        }

        return lines;
    }

    private async Task<(string Group, string Name)> DescribeAsync(string key)
    {
        var parts = key.Split('.');
        var group = parts[0] switch
        {
            "create" => "Initiate a new payment session",
            "byReference" => "Retrieve a payment session by its reference",
            "webhook" => "Initiate a webhook for payment session status updates",
            "attempt" or "offer" => "New payment attempt",
            "callback" => await texts.GetAsync("Contract.Calls"),
            "baseUrl" or "apiKeyHeader" => string.Empty,
            _ => "Get a payment session status"
        };
        return (group, parts[^1] switch
        {
            "baseUrl" => await texts.GetAsync("Fields.BaseUrl"),
            "apiKeyHeader" => await texts.GetAsync("Fields.ApiKeyHeader"),
            "path" => await texts.GetAsync("Contract.Path"),
            "times" => await texts.GetAsync("Contract.Times"),
            "items" => await texts.GetAsync("Contract.List"),
            "signatureHeader" => await texts.GetAsync("Fields.CallbackSignatureHeader"),
            var name => name
        });
    }
}
