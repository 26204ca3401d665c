using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Localization;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>Prepares the card <i>Bitcoin in this shop</i>.</summary>
public class FiguresModelFactory(ILocalizationService localizationService, FiguresReader reader, IStoreService storeService, PaymentTexts texts)
{
    private const int UsualDays = 30;

    private static readonly int[] _days = [7, UsualDays, 365];

    /// <summary>Prepares the card.</summary>
    public async Task<FiguresCardModel> PrepareCardAsync()
    {
        var days = new List<SelectListItem>();
        foreach (var number in _days)
            days.Add(new SelectListItem(await texts.GetAsync("Figures.Days", number), Write(number), number == UsualDays));
        var stores = await storeService.GetAllStoresAsync();
        return new FiguresCardModel(days, stores.Count < 2 ? [] :
        [
            new SelectListItem(await localizationService.GetResourceAsync("Admin.Common.All"), "0", selected: true),
            .. stores.Select(store => new SelectListItem(store.Name, Write(store.Id)))
        ]);
    }

    /// <summary>Prepares the figures.</summary>
    /// <param name="days">Of how many days; those of a month for a number that cannot be chosen.</param>
    /// <param name="storeId">Of which store; 0 for all.</param>
    public async Task<FiguresModel> PrepareAsync(int days, int storeId)
    {
        var figures = await reader.ReadAsync(_days.Contains(days) ? days : UsualDays, Math.Max(storeId, 0));
        var format = await texts.FormatAsync();
        var isEmpty = figures is { Started: 0, Paid: 0 };
        return new FiguresModel(await PrepareRowsAsync(figures, format), await PrepareMethodsAsync(figures, format), PrepareBars(figures, format, out var most),
            isEmpty ? string.Empty : await texts.GetAsync("Figures.Chart", format.Amount(most)), isEmpty);
    }

    private async Task<IReadOnlyList<FigureRow>> PrepareRowsAsync(PaymentFigures figures, ReaderFormat format)
    {
        var rows = new List<(string Key, string Resource, string Value)>
        {
            ("started", "Figures.Started", format.Number(figures.Started)),
            ("paid", "Figures.Paid", figures.Share is { } share ? $"{format.Number(figures.Paid)} ({(share / 100m).ToString("P0", format.Culture)})" : format.Number(figures.Paid)),
            ("amount", "Figures.Amount", format.Amount(figures.PaidCents)),
            ("not-paid", "Figures.NotPaid", format.Number(figures.NotPaid)),
            ("open", "Figures.Open", format.Number(figures.Open)),
            ("late", "Figures.Late", format.Number(figures.Late)),
            ("needs-person", "Health.WaitingForPerson", format.Number(figures.NeedsPerson))
        };
        if (figures.PaidWithin(50) is { } half && figures.PaidWithin(90) is { } most)
            rows.Insert(3, ("time", "Figures.Time", await texts.GetAsync("Figures.Time.Within", await DurationAsync(half), await DurationAsync(most))));

        var named = new List<FigureRow>();
        foreach (var (key, resource, value) in rows)
            named.Add(new FigureRow(key, await texts.GetAsync(resource), value));
        return named;
    }

    private async Task<IReadOnlyList<PaymentTotalRow>> PrepareMethodsAsync(PaymentFigures figures, ReaderFormat format)
    {
        var paid = new List<(string Name, PaymentFigure Part)>();
        foreach (var part in figures.Parts.Where(part => part.Paid > 0))
            paid.Add((await texts.MethodNameAsync(part.Method), part));
        // two of Mion's words may be one way of payment
        return [.. paid.GroupBy(each => each.Name).OrderByDescending(each => each.Sum(one => one.Part.Paid))
            .Select(each => new PaymentTotalRow(each.Key, format.Number(each.Sum(one => one.Part.Paid)), format.Amount(each.Sum(one => one.Part.PaidCents))))];
    }

    private static List<FigureBar> PrepareBars(PaymentFigures figures, ReaderFormat format, out long most)
    {
        var sums = figures.Days.Select(day => (Day: day, Parts: figures.Parts.Where(part => part.Day == day).ToList()))
            .Select(each => (each.Day, Paid: each.Parts.Sum(part => part.Paid), Cents: each.Parts.Sum(part => part.PaidCents))).ToList();
        var highest = most = sums.Max(sum => sum.Cents);
        return sums.ConvertAll(sum => new FigureBar(highest == 0 ? 0 : (int)Math.Ceiling(100m * sum.Cents / highest),
            $"{sum.Day.ToString("d", format.Culture)}: {format.Number(sum.Paid)}, {format.Amount(sum.Cents)}"));
    }

    // rounded up, since it says within what time
    private Task<string> DurationAsync(TimeSpan time)
    {
        var seconds = (int)Math.Round(time.TotalSeconds);
        var minutes = (seconds + 59) / 60;
        return seconds < 60 ? texts.GetAsync("Figures.Time.Seconds", seconds)
            : minutes < 60 ? texts.GetAsync("Payment.TimeLeft.Minutes", minutes)
            : texts.GetAsync("Payment.TimeLeft.Hours", minutes / 60, minutes % 60);
    }

    private static string Write(int number) => number.ToString(CultureInfo.InvariantCulture);
}
