using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Sandbox;

/// <summary>A description of Mion's API, read from a file as the plugin reads it.</summary>
/// <param name="Guessed">What the file does not say, or says twice, and what was taken for it.</param>
internal sealed record Description(
    IReadOnlyDictionary<string, string> Values, MionContract Contract, IReadOnlyDictionary<string, string> Guessed)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read as a description.</exception>
    public static Description Read(string file, string? baseUrl)
    {
        var (description, problem) = OpenApiReader.Read(File.ReadAllBytes(file));
        if (problem != DescriptionProblem.None)
            throw new InvalidOperationException($"{file} cannot be read as a description: {problem}.");
        var choices = new Dictionary<string, string>();
        if (baseUrl is not null)
            choices["baseUrl"] = baseUrl;
        var proposal = ContractProposal.Of(description, choices);
        // here nobody can be asked: of several the first, and what is missing as it is assumed
        while (proposal.Rows.FirstOrDefault(row => row.IsAsked) is { } row)
        {
            choices[row.Key] = row.State == ProposalState.Ambiguous ? row.Choices[0] : MionContract.Default[row.Key];
            proposal = ContractProposal.Of(description, choices);
        }

        if (baseUrl is not null)
            choices.Remove("baseUrl");
        return new(proposal.Rows.ToDictionary(row => row.Key, row => row.Value), proposal.ToContract(), choices);
    }

    /// <summary>How to call it.</summary>
    /// <param name="baseUrl">In place of the description's address.</param>
    public MionApiOptions ToOptions(string apiKey, string? baseUrl) => new()
    {
        ApiKey = apiKey,
        BaseUrl = baseUrl ?? Values["baseUrl"],
        ApiKeyHeader = KeyHeader[0],
        ApiKeyPrefix = KeyHeader.ElementAtOrDefault(1) ?? string.Empty,
        CreateSessionPath = PathOf("create.path"),
        GetSessionStatusPath = PathOf("status.path"),
        GetSessionByReferencePath = PathOf("byReference.path"),
        CreateWebhookPath = PathOf("webhook.path"),
        CreatePaymentAttemptPath = PathOf("attempt.path"),
        Contract = Contract
    };

    /// <summary>The path of the description's address.</summary>
    public string Folder => new Uri(Values["baseUrl"]).AbsolutePath.TrimEnd('/');

    /// <summary>A stand-in that answers by it, below the path of its address.</summary>
    public MionStandInOptions ToStandIn(int port) => new()
    {
        Port = port,
        ApiKeyHeader = KeyHeader[0],
        ApiKeyPrefix = KeyHeader.Length > 1 ? KeyHeader[1] + " " : string.Empty,
        Contract = Values.Where(each => IsPath(each.Key) || MionContract.Default[each.Key] != each.Value)
            .ToDictionary(each => each.Key, each =>
                IsPath(each.Key) ? each.Value.Replace(" /", $" {Folder}/", StringComparison.Ordinal) : each.Value)
    };

    private string[] KeyHeader => Values["apiKeyHeader"].Split(": ");

    private static bool IsPath(string key) => key.EndsWith(".path", StringComparison.Ordinal);

    private string PathOf(string key) => Values[key].Split(' ')[1];
}
