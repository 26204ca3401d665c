namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>What made the plugin look at a payment. Stored as a number in the history: never change a value.</summary>
public enum CheckTrigger
{
    /// <summary>The shopper came back from Mion.</summary>
    Return = 10,

    /// <summary>Mion reported a change.</summary>
    Webhook = 20,

    /// <summary>The scheduled task.</summary>
    Poll = 30,

    /// <summary>The payment page asks for itself.</summary>
    PaymentPage = 40,

    /// <summary>A person in the admin panel.</summary>
    Admin = 50,

    /// <summary>The shopper placed the order, or tried to pay it again.</summary>
    Checkout = 60,

    /// <summary>A screen at the till.</summary>
    Till = 70
}
