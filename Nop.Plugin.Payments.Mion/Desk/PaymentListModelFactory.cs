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
    PaymentTexts texts)
{
    /// <summary>Prepares the filters.</summary>
    /// <param name="model">The filters as they are to be at first.</param>
    public async Task<PaymentSearchModel> PrepareSearchAsync(PaymentSearchModel model)
    {
        var all = new SelectListItem(await localizationService.GetResourceAsync("Admin.Common.All"), "0");
        model.AvailableStates = [all];
        foreach (var state in Enum.GetValues<PaymentSessionState>())
            model.AvailableStates.Add(new SelectListItem(await texts.GetAsync($"State.{state}"), ((int)state).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        model.AvailableStores = [all];
        foreach (var store in await storeService.GetAllStoresAsync())
            model.AvailableStores.Add(new SelectListItem(store.Name, store.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
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
                OrderNumber = orderNumbers.GetValueOrDefault(session.OrderId, string.Empty),
                Store = stores.GetValueOrDefault(session.StoreId, string.Empty),
                StateName = session.State.ToString(),
                State = await texts.StateAsync(session),
                Amount = format.Amount(session.AmountCents),
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
            Clean(model.SearchPaymentId));
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
