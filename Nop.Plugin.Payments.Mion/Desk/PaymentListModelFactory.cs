using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Stores;
using Nop.Web.Framework.Models.Extensions;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>Prepares the list of payments.</summary>
public class PaymentListModelFactory(
    IDateTimeHelper dateTimeHelper,
    ILocalizationService localizationService,
    IStoreService storeService,
    PaymentSearchStore searchStore,
    PaymentTexts texts,
    TimeProvider timeProvider)
{
    /// <summary>Prepares the filters.</summary>
    /// <param name="model">The filters as they are to be at first.</param>
    public async Task<PaymentSearchModel> PrepareSearchAsync(PaymentSearchModel model)
    {
        var all = new SelectListItem(await localizationService.GetResourceAsync("Admin.Common.All"), "0");
        model.AvailableStates = [all];
        foreach (var state in Enum.GetValues<PaymentSessionState>())
            model.AvailableStates.Add(new SelectListItem(await texts.GetAsync($"State.{state}"), Number((int)state)));
        model.AvailableStores = [all];
        foreach (var store in await storeService.GetAllStoresAsync())
            model.AvailableStores.Add(new SelectListItem(store.Name, Number(store.Id)));
        model.AvailableDays = [];
        foreach (var day in Enum.GetValues<PaymentDay>())
            model.AvailableDays.Add(new SelectListItem(await texts.GetAsync($"Panel.{day}"), Number((int)day)));
        var month = FirstOfMonth(TimeZoneInfo.ConvertTime(timeProvider.GetUtcNow(), await dateTimeHelper.GetCurrentTimeZoneAsync()).DateTime);
        model.Months =
        [
            (await texts.GetAsync("List.PaidThisMonth"), month, LastOfMonth(month)),
            (await texts.GetAsync("List.PaidLastMonth"), month.AddMonths(-1), LastOfMonth(month.AddMonths(-1)))
        ];
        model.SetGridPageSize();
        return model;
    }

    /// <summary>Prepares one page.</summary>
    public async Task<PaymentListModel> PrepareListAsync(PaymentSearchModel model)
    {
        var page = await searchStore.SearchAsync(await ToSearchAsync(model), model.Page - 1, model.PageSize);
        var orderNumbers = await searchStore.GetOrderNumbersAsync(page.Select(session => session.OrderId));
        var stores = (await storeService.GetAllStoresAsync()).ToDictionary(store => store.Id, store => store.Name);
        var format = await texts.FormatAsync();
        var rows = new List<PaymentRowModel>();
        foreach (var session in page)
        {
            rows.Add(new PaymentRowModel
            {
                Id = session.Id,
                CreatedOn = format.Time(session.CreatedOnUtc),
                OrderId = session.OrderId,
                Note = session.Note,
                Till = await texts.TillAsync(session),
                OrderNumber = orderNumbers.GetValueOrDefault(session.OrderId, string.Empty),
                Store = stores.GetValueOrDefault(session.StoreId, string.Empty),
                StateName = session.State.ToString(),
                State = await texts.StateAsync(session),
                Amount = format.Amount(session),
                Method = await texts.MethodAsync(session.PaymentMethod),
                PaidOn = format.Time(session.PaidOnUtc),
                PaymentId = session.PaymentSessionId
            });
        }

        return new PaymentListModel().PrepareToGrid(model, page, () => rows);
    }

    /// <summary>From the filters to what is looked for: days are those of the user's time zone, the last one included.</summary>
    public async Task<PaymentSearch> ToSearchAsync(PaymentSearchModel model)
    {
        var zone = await dateTimeHelper.GetCurrentTimeZoneAsync();
        DateTime? ToUtc(DateTime? day) =>
            day is { } value ? dateTimeHelper.ConvertToUtcTime(DateTime.SpecifyKind(value.Date, DateTimeKind.Unspecified), zone) : null;

        return new PaymentSearch(
            Enum.IsDefined((PaymentSessionState)model.SearchStateId) ? (PaymentSessionState)model.SearchStateId : null,
            model.SearchStoreId > 0 ? model.SearchStoreId : null,
            ToUtc(model.SearchFrom),
            // there is no day after the last one of the calendar, and nothing to be left out
            model.SearchTo?.Date < DateTime.MaxValue.Date ? ToUtc(model.SearchTo.Value.Date.AddDays(1)) : null,
            Clean(model.SearchOrder),
            Clean(model.SearchPaymentId),
            (PaymentDay)model.SearchDayId == PaymentDay.Paid ? PaymentDay.Paid : PaymentDay.Created,
            Clean(model.SearchTill));
    }

    /// <summary>Prepares what the filters find, summed up.</summary>
    public async Task<PaymentTotalsModel> PrepareTotalsAsync(PaymentSearchModel model)
    {
        var totals = await searchStore.GetTotalsAsync(await ToSearchAsync(model));
        var stores = (await storeService.GetAllStoresAsync()).ToDictionary(store => store.Id, store => store.Name);
        var format = await texts.FormatAsync();
        var methods = new List<(string Name, PaymentTotal Total)>();
        foreach (var total in totals)
            methods.Add((await texts.MethodNameAsync(total.Method), total));

        // two of Mion's words may be one way of payment
        List<PaymentTotalRow> Rows(IEnumerable<(string Name, PaymentTotal Total)> parts) =>
        [
            .. parts.Where(part => part.Total.PaidCount > 0).GroupBy(part => part.Name).OrderByDescending(part => part.Sum(each => each.Total.PaidCents))
                .Select(part => new PaymentTotalRow(part.Key, format.Number(part.Sum(each => each.Total.PaidCount)), format.Amount(part.Sum(each => each.Total.PaidCents))))
        ];

        return new PaymentTotalsModel
        {
            Count = format.Number(totals.Sum(total => total.Count)),
            Amount = format.Amount(totals.Sum(total => total.Cents)),
            PaidCount = format.Number(totals.Sum(total => total.PaidCount)),
            PaidAmount = format.Amount(totals.Sum(total => total.PaidCents)),
            Tips = totals.Sum(total => total.TipCents) is > 0 and var tips ? format.Amount(tips) : string.Empty,
            Methods = Rows(methods),
            Stores = Rows(totals.Select(total => (stores.GetValueOrDefault(total.StoreId, Number(total.StoreId)), total)))
        };
    }

    private static DateTime FirstOfMonth(DateTime day) => new(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private static DateTime LastOfMonth(DateTime first) => first.AddMonths(1).AddDays(-1);

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
