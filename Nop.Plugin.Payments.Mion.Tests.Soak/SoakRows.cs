namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>A row of the plugin's table, as the soak reads it: the plugin's own types are not the soak's to judge by.</summary>
internal sealed class SessionRow
{
    public const string Query = """
        SELECT "Id", "OrderId", "Attempt", "Reference", "PaymentSessionId", "Token", "WebhookToken", "AmountCents", "StateId", "ReviewReasonId", "RefundSessionIds", "IsTill", "ClaimToken", "CancelledOnUtc", "ScreenToken", "PersonToldOf", "FundsSeen", "ExpiresOnUtc", "LastCheckOnUtc", "NextCheckOnUtc", "CheckFailures"
        FROM "MionPaymentSession"
        """;

    public const int Opening = 10;
    public const int Open = 20;
    public const int Expired = 30;
    public const int Paid = 40;
    public const int NeedsPerson = 50;
    public const int Handled = 60;

    public static readonly IReadOnlyDictionary<int, string> Reasons = new Dictionary<int, string>
    {
        [10] = "OrderGone",
        [20] = "OrderCancelled",
        [30] = "PaidOtherwise",
        [40] = "PaidTwice",
        [50] = "AmountChanged",
        [60] = "OrderRefunded",
        [70] = "OrderNotPending",
        [80] = "MethodChanged",
        [90] = "AnswerDiffers",
        [UnknownAtMion] = "UnknownAtMion",
        [CancelledAtTill] = "CancelledAtTill",
        [RefundedAtMion] = "RefundedAtMion",
        [SharedSession] = "SharedSession",
        [OrderSetBack] = "OrderSetBack",
        [LateAtTill] = "LateAtTill"
    };

    public const int UnknownAtMion = 100;
    public const int CancelledAtTill = 110;
    public const int RefundedAtMion = 120;
    public const int SharedSession = 130;
    public const int OrderSetBack = 140;
    public const int LateAtTill = 150;

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

    public bool IsTill { get; set; }

    public Guid? ClaimToken { get; set; }

    public DateTime? CancelledOnUtc { get; set; }

    public string ScreenToken { get; set; } = string.Empty;

    public string? PersonToldOf { get; set; }

    public bool FundsSeen { get; set; }

    public DateTime ExpiresOnUtc { get; set; }

    public DateTime? LastCheckOnUtc { get; set; }

    public DateTime? NextCheckOnUtc { get; set; }

    public int CheckFailures { get; set; }

    /// <summary>How many refunds were noted.</summary>
    public int Refunds => (RefundSessionIds ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>Mion called it unpaid after its end.</summary>
    public bool IsOver => StateId == Expired && LastCheckOnUtc >= ExpiresOnUtc;

    /// <summary>A payment was seen, and does not become complete.</summary>
    public bool IsSeen => StateId == Open && FundsSeen;

    public bool IsAtMion => PaymentSessionId.Length > 0;

    public IEnumerable<string> Secrets => new[] { Token, WebhookToken, ScreenToken }.Where(secret => secret.Length > 0);

    public override string ToString() => $"attempt {Attempt} ({PaymentSessionId}), state {StateId}, reason {ReviewReasonId}, ends {ExpiresOnUtc:s}, looked at {LastCheckOnUtc:s}, next {NextCheckOnUtc:s}, {CheckFailures} failures";
}
