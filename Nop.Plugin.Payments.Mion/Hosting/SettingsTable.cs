using System.Linq.Expressions;
using System.Reflection;
using Nop.Core.Configuration;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>The settings of a page, one row each: how the page shows them, and how they are saved for all stores or for one.</summary>
/// <remarks>
/// The page's model has a property of the same name, and one called <c>…_OverrideForStore</c> where a store may have a
/// value of its own. For all stores nothing is saved that equals a default, so that a default which a later version
/// corrects reaches every store; a store's own value is always saved, since it replaces the shared one.
/// </remarks>
/// <typeparam name="TSettings">The settings; what a new one holds are the defaults.</typeparam>
/// <typeparam name="TModel">The page's model.</typeparam>
public sealed class SettingsTable<TSettings, TModel> where TSettings : class, ISettings, new() where TModel : class
{
    private readonly List<IRow> _rows = [];

    /// <summary>Adds a setting.</summary>
    /// <param name="formerDefaults">What earlier versions had as its default, and may have saved.</param>
    public SettingsTable<TSettings, TModel> Add<T>(Expression<Func<TSettings, T>> setting, params T[] formerDefaults)
    {
        _rows.Add(new Row<T>(setting, formerDefaults));
        return this;
    }

    /// <summary>Adds a text that may be translated: its translations belong to its row, which stays for them.</summary>
    /// <param name="isTranslated">Whether a form has any.</param>
    public SettingsTable<TSettings, TModel> AddTranslated(Expression<Func<TSettings, string>> setting, Func<TModel, bool> isTranslated)
    {
        _rows.Add(new Row<string>(setting, formerDefaults: [], isTranslated));
        return this;
    }

    /// <summary>Fills a model with the settings of a store.</summary>
    /// <param name="storeId">The chosen store; 0 for the values shared by all.</param>
    public async Task LoadAsync(ISettingService service, TModel model, int storeId)
    {
        var settings = await service.LoadSettingAsync<TSettings>(storeId);
        foreach (var row in _rows)
            await row.LoadAsync(service, settings, model, storeId);
    }

    /// <summary>Saves a form; the cache is the caller's to clear.</summary>
    /// <param name="storeId">The chosen store; 0 for all stores. There, only what is marked as the store's own is saved.</param>
    public async Task SaveAsync(ISettingService service, TModel model, int storeId)
    {
        var settings = await service.LoadSettingAsync<TSettings>(storeId);
        foreach (var row in _rows)
            await row.SaveAsync(service, settings, model, storeId);
    }

    /// <summary>Deletes what an earlier version has saved for all stores although it is a default, or was one.</summary>
    public async Task DeleteDefaultsAsync(ISettingService service)
    {
        var settings = await service.LoadSettingAsync<TSettings>();
        foreach (var row in _rows)
            await row.DeleteDefaultAsync(service, settings);
    }

    private interface IRow
    {
        Task LoadAsync(ISettingService service, TSettings settings, TModel model, int storeId);

        Task SaveAsync(ISettingService service, TSettings settings, TModel model, int storeId);

        Task DeleteDefaultAsync(ISettingService service, TSettings settings);
    }

    private sealed class Row<T>(Expression<Func<TSettings, T>> setting, T[] formerDefaults, Func<TModel, bool>? isTranslated = null) : IRow
    {
        private readonly PropertyInfo _property = (PropertyInfo)((MemberExpression)setting.Body).Member;
        private readonly PropertyInfo _field = typeof(TModel).GetProperty(((MemberExpression)setting.Body).Member.Name)
            ?? throw new InvalidOperationException($"{typeof(TModel).Name} has no field for the setting {setting}.");
        private readonly PropertyInfo? _override = typeof(TModel).GetProperty(((MemberExpression)setting.Body).Member.Name + "_OverrideForStore");
        private readonly Func<TSettings, T> _value = setting.Compile();
        private readonly T _default = setting.Compile()(new TSettings());

        public async Task LoadAsync(ISettingService service, TSettings settings, TModel model, int storeId)
        {
            object? value = _value(settings);
            _field.SetValue(model, value is Enum ? Convert.ToInt32(value) : value);
            if (storeId > 0)
                _override?.SetValue(model, await service.SettingExistsAsync(settings, setting, storeId));
        }

        public async Task SaveAsync(ISettingService service, TSettings settings, TModel model, int storeId)
        {
            // a setting without an override is the same for all stores
            if (storeId > 0 && _override is null)
                return;
            _property.SetValue(settings, Parse(_field.GetValue(model)));
            if (storeId > 0)
                await service.SaveSettingOverridablePerStoreAsync(settings, setting, (bool)_override!.GetValue(model)!, storeId, clearCache: false);
            else if (EqualityComparer<T>.Default.Equals(_value(settings), _default) && isTranslated?.Invoke(model) != true)
                await service.DeleteSettingAsync(settings, setting);
            else
                await service.SaveSettingAsync(settings, setting, clearCache: false);
        }

        public async Task DeleteDefaultAsync(ISettingService service, TSettings settings)
        {
            if (isTranslated is null && formerDefaults.Append(_default).Contains(_value(settings)) && await service.SettingExistsAsync(settings, setting))
                await service.DeleteSettingAsync(settings, setting);
        }

        private object? Parse(object? posted) => typeof(T) == typeof(string) ? ((string?)posted)?.Trim() ?? string.Empty
            : typeof(T).IsEnum ? (Enum.IsDefined(typeof(T), posted!) ? Enum.ToObject(typeof(T), posted!) : _default)
            : posted;
    }
}
