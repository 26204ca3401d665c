using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>Answers an operation, or misbehaves as the plan has it.</summary>
internal sealed class FaultInjector(FaultPlan plan, CancellationToken stopping)
{
    private const int NotAnswered = 0;

    /// <summary>Returns the status code that was answered, 0 for none, and the faults that were played.</summary>
    public async Task<(int StatusCode, string? Faults)> AnswerAsync(HttpContext context, string operation, Func<Task<ApiAnswer>> perform)
    {
        var rules = plan.Next(operation);
        var names = rules.Count == 0 ? null : string.Join(", ", rules.Select(rule => rule.Kind));
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            var answer = await PlayAsync(context, rules, perform, gone.Token);
            if (answer is null)
                context.Abort();
            else
                await answer.WriteAsync(context);
            return (answer?.StatusCode ?? NotAnswered, names);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            context.Abort();
            return (NotAnswered, names);
        }
    }

    private static async Task<ApiAnswer?> PlayAsync(
        HttpContext context, IReadOnlyList<FaultRule> rules, Func<Task<ApiAnswer>> perform, CancellationToken gone)
    {
        var fault = rules.FirstOrDefault(rule => rule.Kind != FaultKind.Latency);
        var latencies = rules.Where(rule => rule.Kind == FaultKind.Latency).ToArray();

        // performed first and answered late, or waited for and then performed: a client that gives up cannot tell
        await Task.Delay(Sum(latencies.Where(rule => !rule.Performed)), gone);
        var answer = fault is null || IsPerformed(fault) ? await perform() : null;
        await Task.Delay(Sum(latencies.Where(rule => rule.Performed)), gone);

        if (fault?.Kind == FaultKind.NoAnswer)
            await Task.Delay(Timeout.InfiniteTimeSpan, gone);
        return fault is null ? answer : Distort(context, fault, answer);
    }

    private static TimeSpan Sum(IEnumerable<FaultRule> latencies) =>
        latencies.Aggregate(TimeSpan.Zero, (sum, rule) => sum + rule.Delay);

    private static bool IsPerformed(FaultRule fault) => fault.Performed
        || fault.Kind is FaultKind.LostAnswer or FaultKind.TruncatedJson or FaultKind.Huge or FaultKind.WrongTypes
            or FaultKind.WithoutReference or FaultKind.OtherSession or FaultKind.WithoutPaidAt or FaultKind.Lagging or FaultKind.OtherForm;

    private static ApiAnswer? Distort(HttpContext context, FaultRule fault, ApiAnswer? answer) => fault.Kind switch
    {
        FaultKind.Status => new ApiAnswer(fault.StatusCode, fault.Body ?? """{"message":"fault"}""") { RetryAfter = fault.RetryAfter },
        FaultKind.TruncatedJson => answer! with { Body = Garbage.Truncated(answer.Body) },
        FaultKind.Html => new ApiAnswer(StatusCodes.Status200OK, Garbage.Html, "text/html; charset=utf-8"),
        FaultKind.Empty => new ApiAnswer(StatusCodes.Status200OK, string.Empty),
        FaultKind.Huge => answer! with { Body = Garbage.Huge(answer.Body) },
        FaultKind.WrongTypes => answer! with { Body = Garbage.WrongTypes(answer.Body) },
        FaultKind.Challenge => new ApiAnswer(StatusCodes.Status403Forbidden, Garbage.Html, "text/html; charset=utf-8"),
        FaultKind.WithoutReference => answer! with { Body = Garbage.Without(answer.Body, "reference", "amount", "currencyIso3") },
        FaultKind.OtherSession => answer! with { Body = Garbage.About(fault.Body!, answer.Body) },
        FaultKind.WithoutPaidAt => answer! with { Body = Garbage.Without(answer.Body, "paidAt") },
        FaultKind.Lagging => answer! with { Body = Garbage.BeforePayment(answer.Body) },
        FaultKind.OtherForm => answer! with { Body = Garbage.InOtherForm(answer.Body) },
        FaultKind.Redirect => new ApiAnswer(StatusCodes.Status307TemporaryRedirect, string.Empty)
        {
            Location = fault.Location?.AbsoluteUri ?? SamePathElsewhere(context.Request)
        },
        _ => null
    };

    /// <summary>Another host name for the same machine: the stand-in sees who follows.</summary>
    private static string SamePathElsewhere(HttpRequest request) =>
        $"http://localhost:{request.HttpContext.Connection.LocalPort}{request.Path}{request.QueryString}";
}
