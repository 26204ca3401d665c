using System.Globalization;
using Microsoft.AspNetCore.Http;
using static Nop.Plugin.Payments.Mion.Sandbox.Mion.Html;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>What the person at the sandbox sees: sessions, switches for faults, and what was asked last.</summary>
internal static class OverviewPage
{
    private const int Rows = 100;
    private const int JournalRows = 25;

    public static IResult Of(MionStandIn standIn, string? message, int statusCode = StatusCodes.Status200OK) => Page("Mion stand-in", $"""
        <h1>Stand-in for Mion</h1>
        {(message is null ? string.Empty : $"<p class=\"bad\" role=\"alert\">{Text(message)}</p>")}
        <p class="soft">For development: no bitcoin moves. <a href="/">Refresh</a></p>
        {Sessions(standIn.Sessions)}
        {Faults(standIn.Faults.Active)}
        {Key(standIn)}
        {Journal(standIn.Journal)}
        """, wide: true, statusCode: statusCode);

    private static string Sessions(IReadOnlyList<StandInSession> sessions) => $"""
        <div class="card"><h2>Payment sessions ({sessions.Count})</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Payment sessions"><table>
        <thead><tr><th>Created</th><th>Reference</th><th class="number">Amount</th><th>Kind</th><th>Status</th><th>Expires</th><th class="number">Webhooks</th></tr></thead>
        <tbody>{string.Concat(sessions.Reverse().Take(Rows).Select(Row))}</tbody>
        </table></div>
        {(sessions.Count == 0 ? "<p class=\"soft\">None yet. Place an order in the shop.</p>" : string.Empty)}
        </div>
        """;

    private static string Row(StandInSession session) => $"""
        <tr><td>{Time(session.CreatedAt)}</td>
        <td><a href="/checkout/{Text(session.PaymentSessionId)}">{Text(session.Reference ?? session.PaymentSessionId)}</a></td>
        <td class="number">{Euro(session.Amount)}</td><td>{(session.RetailPos ? "till" : "online")}</td>
        <td>{Text(session.Status)}</td><td>{Time(session.ExpiresAt)}</td><td class="number">{session.Webhooks}</td></tr>
        """;

    private static string Faults(IReadOnlyList<ActiveFault> faults) => $"""
        <div class="card"><h2>Faults</h2>
        <form method="post" action="/faults"><div class="fields">
        <div><label for="kind">What goes wrong</label><select id="kind" name="kind">{Options(Enum.GetNames<FaultKind>())}</select></div>
        <div><label for="operation">Where</label><select id="operation" name="operation">{Options([MionOperations.Any, .. MionOperations.Api])}</select></div>
        <div><label for="count">How often</label><input id="count" name="count" type="number" min="1" value="1" placeholder="always"></div>
        <div><label for="delay">Delay in ms</label><input id="delay" name="delay" type="number" min="0" value="2000"></div>
        <div><label for="statusCode">Status code</label><input id="statusCode" name="statusCode" type="number" min="200" max="599" value="503"></div>
        <div><button class="primary">Add</button></div>
        </div></form>
        {(faults.Count == 0 ? "<p class=\"soft\">Nothing goes wrong at present.</p>" : $"<ul>{string.Concat(faults.Select(Fault))}</ul>{Button("/faults/clear", "Everything works again")}")}
        </div>
        """;

    private static string Fault(ActiveFault fault) =>
        $"<li>{fault.Rule.Kind} at {Text(fault.Rule.IsForCallbacks ? "callbacks" : fault.Rule.Operation)}: hit {fault.Injected}, "
        + $"{(fault.Remaining is { } remaining ? $"{remaining} to come" : "no end")}</li>";

    private static string Key(MionStandIn standIn) => $"""
        <div class="card"><h2>The demo key's permissions</h2>
        <p>At present: {standIn.Permissions}. Change to:</p>
        <div class="fields">{string.Concat(Enum.GetValues<MionPermissions>().Select(choice => Button($"/permissions/{choice}", $"{choice}")))}</div>
        </div>
        """;

    private static string Journal(IReadOnlyList<JournalEntry> entries) => $"""
        <div class="card"><h2>Latest requests and callbacks</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Latest requests and callbacks"><table>
        <thead><tr><th>Time</th><th>Operation</th><th>Answer</th><th>Detail</th></tr></thead>
        <tbody>{string.Concat(entries.Reverse().Take(JournalRows).Select(Line))}</tbody></table></div></div>
        """;

    private static string Line(JournalEntry entry)
    {
        var answer = entry.StatusCode == 0 ? "none" : entry.StatusCode.ToString(CultureInfo.InvariantCulture);
        return $"<tr><td>{Time(entry.Time)}</td><td>{Text(entry.Operation)}</td><td>{answer}</td><td>{Text(entry.Detail)}</td></tr>";
    }

    private static string Options(IEnumerable<string> values) => string.Concat(values.Select(value => $"<option>{Text(value)}</option>"));
}
