using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>How a value of a proposal came about.</summary>
public enum ProposalState
{
    /// <summary>The description says it.</summary>
    Found,

    /// <summary>A person has chosen it.</summary>
    Chosen,

    /// <summary>The description does not say it, and nothing stops without it: it stays as it is.</summary>
    NotFound,

    /// <summary>The description does not say it: a person is asked.</summary>
    Missing,

    /// <summary>The description has more than one that fits: a person is asked.</summary>
    Ambiguous
}

/// <summary>One value of a proposal.</summary>
/// <param name="Key">As in <see cref="MionContract.Terms"/>.</param>
/// <param name="Found">What the description says; empty where it does not.</param>
/// <param name="Value">What it will be; where a person is asked, what was entered and cannot be.</param>
/// <param name="Choices">What can be chosen; where the description does not say it, anything can be entered.</param>
public sealed record ProposalRow(string Key, string Found, string Value, ProposalState State, IReadOnlyList<string> Choices)
{
    /// <summary>Whether a person has to decide.</summary>
    public bool IsAsked => State is ProposalState.Missing or ProposalState.Ambiguous;
}

/// <summary>
/// What a description says about each of <see cref="MionContract.Terms"/>: found by the documented names first, then by
/// method, path and fields. What fits twice, and what is needed and not there, is asked for and not guessed.
/// </summary>
public sealed partial class ContractProposal
{
    /// <summary>How a person chooses that something is left out.</summary>
    public const string LeftOut = "–";

    private static readonly string[] _needed =
    [
        "baseUrl", "apiKeyHeader", "create.path", "create.amount", "create.currencyIso3", "create.retailPos", "create.reference",
        "create.redirectUrl", "create.expiresAt", "create.times", "status.path", "byReference.path", "webhook.path", "webhook.url",
        "attempt.path", "session.paymentSessionId", "session.paidAt", "session.status", "answers.times", "offer.amountMsat",
        "offer.expiry", "offer.lnInvoice"
    ];

    private static readonly string[] _noFields = ["path", "times", "items", "signatureHeader"];

    private readonly ApiDescription _description;
    private readonly IReadOnlyDictionary<string, string> _choices;
    private readonly MionApiOptions? _current;
    private readonly Dictionary<string, ProposalRow> _rows = new(StringComparer.Ordinal);

    private ContractProposal(ApiDescription description, IReadOnlyDictionary<string, string> choices, MionApiOptions? current)
    {
        (_description, _choices, _current) = (description, choices, current);
        Decide("baseUrl", description.Servers.Select(server => server.TrimEnd('/')));
        Decide("apiKeyHeader", description.KeyHeaders);
        var create = FindOperation("create.path", Named("Initiate a new payment session"), IsCreation);
        var status = FindOperation("status.path", Named("Get a payment session status"), IsStatus,
            Named("Retrieve a payment session by its ID"), IsById);
        var byReference = FindOperation("byReference.path", Named("Retrieve a payment session by its reference"), IsByReference);
        var webhook = FindOperation("webhook.path", Named("Initiate a webhook for payment session status updates"), IsWebhook);
        var attempt = FindOperation("attempt.path", Named("New payment attempt"), IsAttempt);

        DecideRequest("create", create?.Request);
        DecideForm("create.times", "create.expiresAt", TimeForm.All, [create?.Request]);
        var listed = DecideList(byReference?.Answer);
        List<ApiField>?[] answers = [status?.Answer, listed, create?.Answer];
        DecideAnswer("session", answers);
        DecideForm("answers.times", "session.paidAt", TimeForm.Moments, answers);
        foreach (var name in new[] { "status", "fundingStatus", "paymentMethod" })
            DecideWords(name, answers);
        DecideRequest("webhook", webhook?.Request);
        DecideRequest("attempt", attempt?.Request);
        DecideAnswer("offer", [attempt?.Answer]);
        DecideAnswer("callback", [.. description.Callbacks.Select(callback => callback.Request)]);
        Decide("callback.signatureHeader",
            description.Callbacks.SelectMany(callback => callback.Headers).Where(name => SignatureWord().IsMatch(name)));
        NotSent = [.. NotSentOf("create", create), .. NotSentOf("webhook", webhook), .. NotSentOf("attempt", attempt)];
    }

    /// <summary>One for each of <see cref="MionContract.Terms"/>, in that order.</summary>
    public IEnumerable<ProposalRow> Rows => MionContract.Terms.Select(term => _rows[term.Key]);

    /// <summary>Fields that Mion demands and that the plugin does not send.</summary>
    public IReadOnlyList<string> NotSent { get; }

    /// <summary>Whether nothing is left to ask.</summary>
    public bool IsComplete => !Rows.Any(row => row.IsAsked);

    /// <summary>Proposes.</summary>
    /// <param name="choices">What a person has answered so far, by key; what cannot be a value is asked for again.</param>
    /// <param name="current">What holds now, and stays where the description does not say it; null for the defaults.</param>
    public static ContractProposal Of(ApiDescription description, IReadOnlyDictionary<string, string> choices,
        MionApiOptions? current = null) =>
        new(description, choices, current);

    /// <summary>The names and forms, as they will be kept.</summary>
    public MionContract ToContract() => MionContract.Of(Rows.ToDictionary(row => row.Key, row => row.Value),
        Rows.Where(row => row.State == ProposalState.Found || row.State == ProposalState.Chosen && row.Choices.Contains(row.Value))
            .Select(row => row.Key));

    private string Current(string key) => _current?.ValueOf(key) ?? MionContract.Default[key];

    private void Decide(string key, IEnumerable<string> found, IEnumerable<string>? choices = null)
    {
        var all = found.Distinct(StringComparer.Ordinal).ToList();
        var good = all.FindAll(value => ContractValue.IsGood(key, value));
        var shown = string.Join('\n', good.Take(10));
        var entered = _choices.GetValueOrDefault(key)?.Trim() ?? string.Empty;
        var choice = entered == LeftOut ? string.Empty : entered;
        // one of two operations is not the right one because the other's path cannot be filled in
        if (good is [var single] && (all.Count == 1 || !key.EndsWith(".path", StringComparison.Ordinal)))
            _rows[key] = new(key, shown, single, ProposalState.Found, []);
        else if (entered.Length > 0 && ContractValue.IsGood(key, choice))
            _rows[key] = new(key, shown, choice, ProposalState.Chosen, good);
        else if (good.Count > 1)
            _rows[key] = new(key, shown, string.Empty, ProposalState.Ambiguous, ChoicesFor(key, good));
        else if (_needed.Contains(key) || key == "callback.paymentSessionId" && IsAccountWebhook)
            _rows[key] = new(key, shown, entered, ProposalState.Missing, ChoicesFor(key, [.. choices ?? [], Current(key)]));
        else
            _rows[key] = new(key, shown, Current(key), ProposalState.NotFound, []);
    }

    /// <summary>Whether Mion calls one address for all sessions: then the body has to say which one it is about.</summary>
    private bool IsAccountWebhook => _rows["webhook.paymentSessionId"].Value.Length == 0
        && !_rows["webhook.path"].Value.Contains(MionApiOptions.IdPlaceholder, StringComparison.Ordinal);

    private static List<string> ChoicesFor(string key, IEnumerable<string> values) =>
    [
        .. values.Where(value => value.Length > 0 && ContractValue.IsGood(key, value)).Distinct(),
        .. ContractValue.MayBeEmpty(key) ? [LeftOut] : Array.Empty<string>()
    ];

    /// <param name="ways">How it may be recognized; the first that finds anything counts.</param>
    private ApiOperation? FindOperation(string key, params Func<ApiOperation, bool>[] ways)
    {
        var all = _description.Operations.Select(operation => (Line: RequestLine(key, operation), Operation: operation)).ToList();
        var found = ways.Select(way => all.FindAll(each => way(each.Operation))).FirstOrDefault(each => each.Count > 0) ?? [];
        Decide(key, found.Select(each => each.Line), all.Select(each => each.Line));
        return _rows[key].IsAsked ? null : all.Find(each => IsSame(each.Line, _rows[key].Value)).Operation;
    }

    /// <summary>Whether a request line is a description's, whose other placeholders a person has filled in.</summary>
    private static bool IsSame(string described, string value)
    {
        var (theirs, ours) = (described.Split('/'), value.Split('/'));
        return theirs.Length == ours.Length && theirs.Zip(ours).All(each => each.First == each.Second
            || each.Second.Length > 0 && Placeholder().IsMatch(each.First)
            && !each.First.Contains(MionApiOptions.IdPlaceholder, StringComparison.Ordinal)
            && !each.First.Contains(MionApiOptions.ReferencePlaceholder, StringComparison.Ordinal));
    }

    private static Func<ApiOperation, bool> Named(string name) => operation => operation.Names.Exists(text => Words(text) == Words(name));

    private static bool IsCreation(ApiOperation operation) => operation.Method != "GET" && DescribedFields.Has(operation.Request, "amount")
        && (DescribedFields.Has(operation.Request, "currencyIso3") || DescribedFields.Has(operation.Request, "redirectUrl"));

    private static bool IsStatus(ApiOperation operation) => operation.Method == "GET"
        && DescribedFields.Has(operation.Answer, "paidAt") && operation.Path.Contains("status", StringComparison.OrdinalIgnoreCase);

    // Mion's guides say that a session tells by its id what its status tells
    private static bool IsById(ApiOperation operation) => operation.Method == "GET" && DescribedFields.Has(operation.Answer, "paidAt")
        && PlaceholdersOf(operation.Path) is [var only] && !DescribedFields.IsReference(only);

    private static bool IsByReference(ApiOperation operation) => operation.Method == "GET"
        && PlaceholdersOf(operation.Path).Concat(operation.QueryParameters).Any(DescribedFields.IsReference)
        && (DescribedFields.Has(operation.Answer, "paymentSessionId") || DescribedFields.FindList(operation.Answer) is not null);

    private static bool IsWebhook(ApiOperation operation) =>
        operation.Method != "GET" && WebhookWord().IsMatch(operation.Path) && DescribedFields.Has(operation.Request, "url");

    private static bool IsAttempt(ApiOperation operation) =>
        operation.Method != "GET" && DescribedFields.Has(operation.Answer, "amountMsat");

    /// <summary>Method and path, with our placeholder for the parameter that names the session.</summary>
    private static string RequestLine(string key, ApiOperation operation)
    {
        var isByReference = key == "byReference.path";
        var ours = isByReference ? MionApiOptions.ReferencePlaceholder : MionApiOptions.IdPlaceholder;
        bool Names(string name) => isByReference ? DescribedFields.IsReference(name) : DescribedFields.IsId(name);
        var theirs = PlaceholdersOf(operation.Path);
        // a session that is yet to come has no id
        var named = key == "create.path" ? null : theirs.Find(Names) ?? theirs.Find(name => IsOf(operation.Path, name, isByReference));
        var path = named is null ? operation.Path : operation.Path.Replace($"{{{named}}}", ours, StringComparison.Ordinal);
        if (named is null && key != "create.path" && operation.QueryParameters.Find(Names) is { } query)
            path += $"?{Uri.EscapeDataString(query)}={ours}";
        return $"{operation.Method} {path}";
    }

    /// <summary>Whether what stands before a placeholder says what it names: <c>…/sessions/{key}</c>.</summary>
    private static bool IsOf(string path, string placeholder, bool isByReference)
    {
        var before = path[..path.IndexOf($"{{{placeholder}}}", StringComparison.Ordinal)].TrimEnd('/');
        return (isByReference ? ReferenceWord() : SessionWord()).IsMatch(before[(before.LastIndexOf('/') + 1)..]);
    }

    private void DecideRequest(string group, List<ApiField>? fields)
    {
        foreach (var name in NamesOf(group))
        {
            var key = $"{group}.{name}";
            var found = DescribedFields.FindInRequest(fields, name).ConvertAll(field => field.Path);
            // what is said elsewhere in the request is not sent where the description does not have it
            if (found.Count == 0 && fields is not null && ContractValue.MayBeEmpty(key) && !_needed.Contains(key))
                found = [string.Empty];
            Decide(key, found, PathsOf(fields));
        }
    }

    /// <summary>Answers of several operations; what is called otherwise in another is looked for by each of its names.</summary>
    private void DecideAnswer(string group, IReadOnlyList<List<ApiField>?> answers)
    {
        foreach (var name in NamesOf(group))
        {
            var found = answers.Select(fields => DescribedFields.Find(fields, name).ConvertAll(field => field.Path)
                    .FindAll(path => name != "paidAt" || IsBesideId(group, path)))
                .Where(paths => paths.Count > 0).ToList();
            var isClear = found.Count > 0 && found.TrueForAll(paths => paths.Count == 1);
            Decide($"{group}.{name}", isClear ? [string.Join('|', found.SelectMany(paths => paths).Distinct())]
                : found.SelectMany(paths => paths),
                answers.SelectMany(PathsOf));
        }
    }

    /// <summary>The payment of something else in an answer, such as a fee, is not the session's.</summary>
    private bool IsBesideId(string group, string path)
    {
        static string Folder(string name) => name[..(name.LastIndexOf('.') + 1)];
        return _rows[$"{group}.paymentSessionId"].Value.Split('|').Any(id => Folder(id) == Folder(path));
    }

    /// <returns>The fields of a session in the answer.</returns>
    private List<ApiField>? DecideList(List<ApiField>? answer)
    {
        var list = answer is null ? null : DescribedFields.FindList(answer);
        Decide("byReference.items", answer is not { Count: > 0 } ? [] : list is not null ? [list]
            : DescribedFields.Has(answer, "paymentSessionId") ? [string.Empty] : [string.Empty, "[]", .. DescribedFields.ListsOf(answer)]);
        return list is null ? answer : DescribedFields.WithinList(answer!);
    }

    private void DecideForm(string key, string fieldKey, IReadOnlyList<string> forms, IReadOnlyList<List<ApiField>?> bodies)
    {
        var ways = _rows[fieldKey].Value.Split('|');
        var field = bodies.SelectMany(DescribedFields.Leaves).FirstOrDefault(each => ways.Contains(each.Path));
        Decide(key, field is null ? [] : DescribedFields.FindForms(field, forms), forms);
    }

    /// <summary>How Mion writes the values that the guides print, by what is left of both without signs and capitals.</summary>
    private void DecideWords(string name, IReadOnlyList<List<ApiField>?> answers)
    {
        var values = answers.SelectMany(fields => DescribedFields.Find(fields, name)).SelectMany(field => field.Values).Distinct().ToList();
        foreach (var term in MionContract.Terms.Where(term => term.Key.StartsWith(name + "=", StringComparison.Ordinal)))
            Decide(term.Key, values.Where(value => DescribedFields.Plain(value) == DescribedFields.Plain(term.Default)));
        // the whole list is shown beside the field
        if (values.Count > 0 && _rows.TryGetValue("session." + name, out var row))
            _rows[row.Key] = row with { Found = $"{row.Found} ({string.Join(", ", values)})" };
    }

    private static IEnumerable<string> NamesOf(string group) => MionContract.Terms.Select(term => term.Key.Split('.'))
        .Where(parts => parts is [var first, var name] && first == group && !_noFields.Contains(name)).Select(parts => parts[1]);

    private IEnumerable<string> NotSentOf(string group, ApiOperation? operation) => DescribedFields.Leaves(operation?.Request)
        .Where(field => field.IsRequired && NamesOf(group).All(name => _rows[$"{group}.{name}"].Value != field.Path))
        .Select(field => $"{operation!.Method} {operation.Path}: {field.Path}");

    private static IEnumerable<string> PathsOf(List<ApiField>? fields) => DescribedFields.Leaves(fields).Select(field => field.Path);

    private static List<string> PlaceholdersOf(string path) => [.. Placeholder().Matches(path).Select(match => match.Groups[1].Value)];

    /// <summary>The words of a name or a sentence, without articles.</summary>
    private static string Words(string text) => string.Concat(Word().Matches(text).Select(word => word.Value.ToLowerInvariant())
        .Where(word => word is not ("a" or "an" or "the" or "its")));

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{([^{}/]{1,80})\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("hook|callback|notification|subscription", RegexOptions.IgnoreCase)]
    private static partial Regex WebhookWord();

    [GeneratedRegex("session|payment", RegexOptions.IgnoreCase)]
    private static partial Regex SessionWord();

    [GeneratedRegex("reference", RegexOptions.IgnoreCase)]
    private static partial Regex ReferenceWord();

    [GeneratedRegex("signature|hmac", RegexOptions.IgnoreCase)]
    private static partial Regex SignatureWord();
}
