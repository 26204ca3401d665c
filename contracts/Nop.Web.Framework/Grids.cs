using Microsoft.AspNetCore.Routing;
using Newtonsoft.Json;
using Nop.Core;

namespace Nop.Web.Framework.Models
{
    /// <summary>A request for one page of a grid.</summary>
    public interface IPagingRequestModel
    {
        int Page { get; }

        int PageSize { get; }
    }

    /// <summary>An answer with one page of a grid.</summary>
    public interface IPagedModel<T>
        where T : BaseNopModel
    {
    }

    /// <summary>The filters above a grid, and the page that is wanted.</summary>
    public abstract record BaseSearchModel : BaseNopModel, IPagingRequestModel
    {
        public int Page => (Start / Length) + 1;

        public int PageSize => Length;

        public string AvailablePageSizes { get; set; }

        public string Draw { get; set; }

        public int Start { get; set; }

        public int Length { get; set; } = 15;

        public virtual void SetGridPageSize() => AvailablePageSizes = "7, 15, 20, 50, 100";
    }

    /// <summary>A page of a grid; DataTables reads the names below.</summary>
    public abstract record BasePagedListModel<T> : BaseNopModel, IPagedModel<T>
        where T : BaseNopModel
    {
        public IEnumerable<T> Data { get; set; }

        [JsonProperty("draw")]
        public string Draw { get; set; }

        [JsonProperty("recordsFiltered")]
        public int RecordsFiltered { get; set; }

        [JsonProperty("recordsTotal")]
        public int RecordsTotal { get; set; }
    }
}

namespace Nop.Web.Framework.Models.Extensions
{
    /// <summary>From rows to a grid's page.</summary>
    public static class ModelExtensions
    {
        public static TListModel PrepareToGrid<TListModel, TModel, TObject>(this TListModel listModel, BaseSearchModel searchModel, IPagedList<TObject> objectList, Func<IEnumerable<TModel>> dataFillFunction)
            where TListModel : BasePagedListModel<TModel>
            where TModel : BaseNopModel
        {
            listModel.Data = dataFillFunction();
            listModel.Draw = searchModel.Draw;
            listModel.RecordsTotal = objectList.TotalCount;
            listModel.RecordsFiltered = objectList.TotalCount;
            return listModel;
        }
    }
}

namespace Nop.Web.Framework.Models.DataTables
{
    /// <summary>A grid, handed to the partial view <c>Table</c>.</summary>
    public record DataTablesModel : BaseNopModel
    {
        public string Name { get; set; }

        public DataUrl UrlRead { get; set; }

        public string SearchButtonId { get; set; }

        public IList<FilterParameter> Filters { get; set; } = [];

        public int Length { get; set; }

        public string LengthMenu { get; set; }

        public IList<ColumnProperty> ColumnCollection { get; set; } = [];
    }

    /// <summary>An address, or an action of a controller.</summary>
    public class DataUrl
    {
        public DataUrl(string actionName, string controllerName, RouteValueDictionary routeValues)
        {
            ActionName = actionName;
            ControllerName = controllerName;
            RouteValues = routeValues;
        }

        public string ActionName { get; set; }

        public string ControllerName { get; set; }

        public RouteValueDictionary RouteValues { get; set; }
    }

    /// <summary>A field that is sent along with the request for a page.</summary>
    public class FilterParameter
    {
        public FilterParameter(string name)
        {
            Name = name;
            Type = typeof(string);
        }

        public string Name { get; }

        public Type Type { get; }
    }

    /// <summary>How a cell is shown.</summary>
    public interface IRender
    {
    }

    /// <summary>A cell shown by a function of the page: <c>function (data, type, row, meta)</c>; what it returns is HTML.</summary>
    public class RenderCustom : IRender
    {
        public RenderCustom(string functionName)
        {
            FunctionName = functionName;
        }

        public string FunctionName { get; set; }
    }

    /// <summary>A column.</summary>
    public class ColumnProperty
    {
        public ColumnProperty(string data)
        {
            Data = data;
            Encode = true;
        }

        public string Data { get; set; }

        public string Title { get; set; }

        public IRender Render { get; set; }

        public string Width { get; set; }

        public string ClassName { get; set; }

        public bool Encode { get; set; }
    }
}
