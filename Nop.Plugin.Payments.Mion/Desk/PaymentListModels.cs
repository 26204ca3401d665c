using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Web.Framework.Models;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>The filters above the list of payments.</summary>
public record PaymentSearchModel : BaseSearchModel
{
    /// <summary>A <see cref="PaymentSessionState"/>; 0 for all.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.List.State")]
    public int SearchStateId { get; set; }

    /// <summary>A store; 0 for all.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.List.Store")]
    public int SearchStoreId { get; set; }

    /// <summary>The <see cref="PaymentDay"/> that <see cref="SearchFrom"/> and <see cref="SearchTo"/> are about.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.List.Day")]
    public int SearchDayId { get; set; }

    /// <summary>First day, in the user's time zone.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.List.From")]
    [UIHint("DateNullable")]
    public DateTime? SearchFrom { get; set; }

    /// <summary>Last day, in the user's time zone.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.List.To")]
    [UIHint("DateNullable")]
    public DateTime? SearchTo { get; set; }

    /// <summary>Number or id of an order.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.List.Order")]
    public string? SearchOrder { get; set; }

    /// <summary>A part of the till's name, or of the name or e-mail address of whoever charged.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.List.Till")]
    public string? SearchTill { get; set; }

    /// <summary>Mion's id, or our reference.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.List.Id")]
    public string? SearchPaymentId { get; set; }

    /// <summary>The states to choose from.</summary>
    public IList<SelectListItem> AvailableStates { get; set; } = [];

    /// <summary>The stores to choose from.</summary>
    public IList<SelectListItem> AvailableStores { get; set; } = [];

    /// <summary>Each <see cref="PaymentDay"/>.</summary>
    public IList<SelectListItem> AvailableDays { get; set; } = [];

    /// <summary>The months that a button chooses: its text, the first day and the last one, in the user's time zone.</summary>
    public IList<(string Text, DateTime From, DateTime To)> Months { get; set; } = [];
}

/// <summary>A page of the list of payments.</summary>
public record PaymentListModel : BasePagedListModel<PaymentRowModel>;

/// <summary>A row of the list of payments; texts are ready to be shown, and not HTML.</summary>
public record PaymentRowModel : BaseNopEntityModel
{
    /// <summary>When the session was made, in the user's time zone.</summary>
    public string CreatedOn { get; set; } = string.Empty;

    /// <summary>Id of the order.</summary>
    public int OrderId { get; set; }

    /// <summary>What an amount without an order was charged for at the till, or empty.</summary>
    public string Note { get; set; } = string.Empty;

    /// <summary>Till and assistant of a charge at the till, or empty.</summary>
    public string Till { get; set; } = string.Empty;

    /// <summary>The order's number; empty where the order is gone.</summary>
    public string OrderNumber { get; set; } = string.Empty;

    /// <summary>Name of the store.</summary>
    public string Store { get; set; } = string.Empty;

    /// <summary>Name of the <see cref="PaymentSessionState"/>, for colours.</summary>
    public string StateName { get; set; } = string.Empty;

    /// <summary>How far the session has come, in words.</summary>
    public string State { get; set; } = string.Empty;

    /// <summary>What was asked for, as a text in euro.</summary>
    public string Amount { get; set; } = string.Empty;

    /// <summary>How it was paid, in words.</summary>
    public string Method { get; set; } = string.Empty;

    /// <summary>When it was paid, in the user's time zone.</summary>
    public string PaidOn { get; set; } = string.Empty;

    /// <summary>Mion's id.</summary>
    public string PaymentId { get; set; } = string.Empty;
}

/// <summary>What the filters find, summed up; ready to be shown.</summary>
public record PaymentTotalsModel
{
    /// <summary>How many payments.</summary>
    public string Count { get; set; } = string.Empty;

    /// <summary>What was asked for with them.</summary>
    public string Amount { get; set; } = string.Empty;

    /// <summary>How many of them are paid.</summary>
    public string PaidCount { get; set; } = string.Empty;

    /// <summary>What was asked for with those.</summary>
    public string PaidAmount { get; set; } = string.Empty;

    /// <summary>What customers gave on top of those; empty for none.</summary>
    public string Tips { get; set; } = string.Empty;

    /// <summary>The paid ones by how they were paid.</summary>
    public IList<PaymentTotalRow> Methods { get; set; } = [];

    /// <summary>The paid ones by store.</summary>
    public IList<PaymentTotalRow> Stores { get; set; } = [];
}

/// <summary>A part of the paid ones; ready to be shown.</summary>
public record PaymentTotalRow(string Name, string Count, string Amount);
