using Microsoft.AspNetCore.Mvc.Rendering;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>The card <i>Bitcoin in this shop</i>, before its figures are there.</summary>
/// <param name="Days">The stretches to choose from, the one that is shown first selected.</param>
/// <param name="Stores">The stores to choose from; none where there is only one.</param>
public sealed record FiguresCardModel(IReadOnlyList<SelectListItem> Days, IReadOnlyList<SelectListItem> Stores);

/// <summary>The figures; texts are ready to be shown, and not HTML.</summary>
/// <param name="Rows">Names and values, in order.</param>
/// <param name="Methods">What was paid, by how it was paid.</param>
/// <param name="Bars">What was received, a bar for each day or month.</param>
/// <param name="Chart">The chart in words, for whoever does not see it.</param>
/// <param name="IsEmpty">Whether nobody has chosen Bitcoin in these days.</param>
public sealed record FiguresModel(IReadOnlyList<FigureRow> Rows, IReadOnlyList<PaymentTotalRow> Methods, IReadOnlyList<FigureBar> Bars, string Chart, bool IsEmpty);

/// <summary>A figure.</summary>
/// <param name="Key">For scripts and tests, such as <c>paid</c>.</param>
public sealed record FigureRow(string Key, string Name, string Value);

/// <summary>A bar of the chart.</summary>
/// <param name="Height">0 to 100; the highest bar has 100.</param>
/// <param name="Text">What it says: day or month, number and amount.</param>
public sealed record FigureBar(int Height, string Text);
