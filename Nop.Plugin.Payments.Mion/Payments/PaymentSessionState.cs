namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>How far a payment session has come. Stored as a number: never change a value.</summary>
public enum PaymentSessionState
{
    /// <summary>The row is reserved; Mion has not confirmed the session yet.</summary>
    Opening = 10,

    /// <summary>The session can be paid at Mion.</summary>
    Open = 20,

    /// <summary>Its time ended unpaid; it is still watched for a late payment.</summary>
    Expired = 30,

    /// <summary>Paid at Mion, and the order is marked as paid by it.</summary>
    Paid = 40,

    /// <summary>Paid at Mion, but the order must not be marked as paid by it; <see cref="ReviewReason"/> says why.</summary>
    NeedsPerson = 50,

    /// <summary>Paid at Mion and not applied, and a person has dealt with it; the plugin leaves it alone.</summary>
    Handled = 60
}
