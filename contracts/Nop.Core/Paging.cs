namespace Nop.Core;

/// <summary>One page of a longer list.</summary>
public interface IPagedList<T> : IList<T>
{
    int PageIndex { get; }

    int PageSize { get; }

    int TotalCount { get; }

    int TotalPages { get; }

    bool HasPreviousPage { get; }

    bool HasNextPage { get; }
}

/// <summary>A page held in memory; takes the page out of <c>source</c> unless the total is given.</summary>
public class PagedList<T> : List<T>, IPagedList<T>
{
    public PagedList(IList<T> source, int pageIndex, int pageSize, int? totalCount = null)
    {
        PageIndex = pageIndex;
        PageSize = Math.Max(pageSize, 1);
        TotalCount = totalCount ?? source.Count;
        TotalPages = (TotalCount + PageSize - 1) / PageSize;
        AddRange(totalCount != null ? source : source.Skip(pageIndex * PageSize).Take(PageSize));
    }

    public int PageIndex { get; }

    public int PageSize { get; }

    public int TotalCount { get; }

    public int TotalPages { get; }

    public bool HasPreviousPage => PageIndex > 0;

    public bool HasNextPage => PageIndex + 1 < TotalPages;
}
