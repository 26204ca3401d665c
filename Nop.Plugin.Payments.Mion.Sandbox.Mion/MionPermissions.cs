namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>What an API key may do, in the words of Mion's guides.</summary>
[Flags]
public enum MionPermissions
{
    /// <summary>Nothing: every call is answered 403.</summary>
    None = 0,

    /// <summary><i>Payments Read &amp; Write</i>: needed for every operation.</summary>
    PaymentsReadWrite = 1,

    /// <summary><i>Retail Point-of-sale Payments Create</i>: needed besides at a till.</summary>
    RetailPosCreate = 2,

    /// <summary>Both.</summary>
    All = PaymentsReadWrite | RetailPosCreate
}
