namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>A row of the plugin's table, as the soak reads it: the plugin's own types are not the soak's to judge by.</summary>
internal sealed class SessionRow
{
    public const string Query = """
        SELECT "Id", "OrderId", "Attempt", "Reference", "PaymentSessionId", "Token", "WebhookToken", "AmountCents", "StateId", "ReviewReasonId", "RefundSessionIds"
        FROM "MionPaymentSession"
        """;

    public const int Opening = 10;
    public const int Paid = 40;
    public const int NeedsPerson = 50;

    public int Id { get; set; }

    public int OrderId { get; set; }

    public int Attempt { get; set; }

    public string Reference { get; set; } = string.Empty;

    public string PaymentSessionId { get; set; } = string.Empty;

    public string Token { get; set; } = string.Empty;

    public string WebhookToken { get; set; } = string.Empty;

    public long AmountCents { get; set; }

    public int StateId { get; set; }

    public int ReviewReasonId { get; set; }

    public string? RefundSessionIds { get; set; }

    public override string ToString() => $"attempt {Attempt} ({PaymentSessionId}), state {StateId}, reason {ReviewReasonId}";
}
